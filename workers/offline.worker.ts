import { serveOffline } from '../src/offline/serve-offline';

serveOffline();
