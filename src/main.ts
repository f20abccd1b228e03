import type { UrlSource } from './protocol/api';
import { connect } from './protocol/client';
import { pageRequests } from './state/request-counter';
import { openLaunchedFiles } from './state/launch';
import { Offline } from './state/offline';
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
// From here on, so that the page's count of its own requests begins with the first.
pageRequests();
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

/** Not while we develop, and not where another page shows this one: it did not ask for it. */
function mayKeepPage(): boolean {
  const isOff = new URLSearchParams(location.search).get('sw') === 'off';
  return import.meta.env.PROD && window.top === window && !isOff;
}

const app = document.querySelector('av-app');
if (app) {
  const session = new Session(connect(), {
    model: chosenModel(),
    modelsUrl: siteUrl('models.json'),
    samplesUrl: siteUrl('samples/samples.json'),
  });
  app.session = session;
  if (mayKeepPage()) {
    const offline = new Offline();
    offline.subscribe((state) => (app.offline = state));
    app.addEventListener('av-storage-changed', () => offline.doubt());
    void offline.start(session.store);
  }
  app.addEventListener('av-storage-changed', () => void session.lookAtShelf());
  openLaunchedFiles((file) => session.open(file));
  // Loading waits until somebody wants to count; `?preload` does it at once, as before a talk.
  if (new URLSearchParams(location.search).has('preload')) void session.start();
  const kiosk = readKiosk(location.search);
  if (kiosk) void standAtBooth(app, session, kiosk);
}

/** Its code is fetched only where the page is one. */
async function standAtBooth(app: AvApp, session: Session, settings: KioskSettings): Promise<void> {
  const { KioskMode } = await import('./ui/kiosk-mode');
  await languageReady.catch(() => undefined);
  app.kiosk = new KioskMode(app, session, settings);
}
