import { serve } from '../src/protocol/serve';

serve();
