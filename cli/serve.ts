import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openSite } from './site.ts';

/**
 * `npm start`: serves the built app and prints where. `npm start -- --model FOLDER` serves a bundle
 * beside it, too, and prints the address that opens the page with it.
 */
const { values } = parseArgs({ options: { model: { type: 'string' } } });
const bundle = values.model === undefined ? {} : { bundle: resolve(values.model) };
const { url } = await openSite({ port: Number(process.env['PORT'] ?? 4173), ...bundle });
const address = values.model === undefined ? url : `${url}?model=bundle/manifest.json`;
console.log(`AV-Reasoner Web is at ${address}`);
