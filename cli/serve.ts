import { openSite } from './site.ts';

/** `npm start`: serves the built app and prints where. */
const { url } = await openSite({ port: Number(process.env['PORT'] ?? 4173) });
console.log(`AV-Reasoner Web is at ${url}`);
