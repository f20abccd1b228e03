import { serveRender } from '../src/protocol/render-serve';

serveRender();
