import type { UrlSource } from './protocol/api';
import { connect } from './protocol/client';
import { readKiosk, type KioskSettings } from './state/kiosk-settings';
import { Session } from './state/session';
import './ui/av-app';
import type { AvApp } from './ui/av-app';
import { installLanguage } from './ui/language';
import { installTheme } from './ui/theme';

/** An address of the site's own folder, wherever the site is mounted (`/`, `/demo/`). */
function siteUrl(path: string): string {
  return new URL(`${import.meta.env.BASE_URL}${path}`, document.baseURI).href;
}

installTheme();
const languageReady = installLanguage();

/**
 * `?model=` names another bundle, of this site or of an origin that it was built to allow;
 * `?backend=` overrides the choice of the device; the rest is how the model is asked.
 */
function chosenModel(): UrlSource {
  const query = new URLSearchParams(location.search);
  const settings = Object.fromEntries(query);
  const { backend, model = 'nano/manifest.json' } = settings;
  return {
    kind: 'url',
    manifestUrl: /^https?:/.test(model) ? model : siteUrl(model),
    settings,
    ...((backend === 'webgpu' || backend === 'wasm') && { backend }),
  };
}

const app = document.querySelector('av-app');
if (app) {
  app.session = new Session(connect(), {
    model: chosenModel(),
    modelsUrl: siteUrl('models.json'),
    samplesUrl: siteUrl('samples/samples.json'),
  });
  // Loading waits until somebody wants to count; `?preload` does it at once, as before a talk.
  if (new URLSearchParams(location.search).has('preload')) void app.session.start();
  const kiosk = readKiosk(location.search);
  if (kiosk) void standAtBooth(app, app.session, kiosk);
}

/** Its code is fetched only where the page is one. */
async function standAtBooth(app: AvApp, session: Session, settings: KioskSettings): Promise<void> {
  const { KioskMode } = await import('./ui/kiosk-mode');
  await languageReady.catch(() => undefined);
  app.kiosk = new KioskMode(app, session, settings);
}
