import type { KeepAnswer, KeepWish } from '../offline/keep-wish';
import { isKeptWhole } from '../weights/kept-bundles';
import type { Store } from './store';

export interface OfflineState {
  /** True where the next visit counts without a network: page, codec, runtime and model are here. */
  readonly ready: boolean;
  /** True where a newer version of the page is here; the next load shows it. */
  readonly updateReady: boolean;
}

/** A tab may be open for days: coming back to it after this long is worth a look for a new version. */
const lookAgainMs = 60 * 60 * 1000;

/** A service worker that is of another build gets this long to be replaced. */
const answerMs = 5 * 60 * 1000;

/**
 * Registers the service worker and knows what works without a network. It never reloads the page: a
 * new version is what the next load brings.
 */
export class Offline {
  #state: OfflineState = { ready: false, updateReady: false };
  readonly #listeners = new Set<(state: OfflineState) => void>();
  /** sha256 of the running model's manifest. */
  #model: string | null = null;
  #lookedAtMs = 0;

  get state(): OfflineState {
    return this.#state;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: (state: OfflineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Call it once, for the page's own window: never inside of another page, which did not ask for it.
   * Where the browser refuses, the page works as it does without.
   */
  async start(store: Store): Promise<void> {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!container) return;
    store.subscribe(({ model }) => {
      const sha256 = model.kind === 'ready' ? model.info.sha256 : null;
      if (sha256 === this.#model) return;
      this.#model = sha256;
      void this.#keep(container);
    });
    container.addEventListener('controllerchange', () => void this.#keep(container));
    window.addEventListener('online', () => void this.#keep(container));
    try {
      const url = new URL('offline.worker.js', document.baseURI).href;
      const registration = await container.register(url);
      this.#lookedAtMs = performance.now();
      document.addEventListener('visibilitychange', () => this.#lookAgain(registration));
    } catch {
      // A private window, a blocked storage, an insecure address.
    }
  }

  /** Tells that something was deleted: what the page says about the next visit must stay true. */
  doubt(): void {
    this.#set({ ready: false });
  }

  /** Has the rest of the page kept once the model runs, so that nothing competes with the model. */
  async #keep(container: ServiceWorkerContainer): Promise<void> {
    const model = this.#model;
    const worker = container.controller;
    const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src;
    if (model === null || !worker || !entry) return;
    const answer = await askToKeep(worker, { kind: 'keep', entry });
    if (!answer) return;
    this.#set({ updateReady: !answer.isCurrent });
    const ready = answer.isKept && (await isKeptWhole(model).catch(() => false));
    if (model === this.#model) this.#set({ ready });
  }

  #lookAgain(registration: ServiceWorkerRegistration): void {
    const now = performance.now();
    if (document.visibilityState !== 'visible' || now - this.#lookedAtMs < lookAgainMs) return;
    this.#lookedAtMs = now;
    registration.update().catch(() => undefined);
  }

  #set(change: Partial<OfflineState>): void {
    const next = { ...this.#state, ...change };
    if (next.ready === this.#state.ready && next.updateReady === this.#state.updateReady) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }
}

/** Null where no answer comes: the service worker was stopped, or is of a build that knows no wish. */
function askToKeep(worker: ServiceWorker, wish: KeepWish): Promise<KeepAnswer | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(resolve, answerMs, null);
    port1.onmessage = ({ data }: MessageEvent<KeepAnswer>) => {
      clearTimeout(timer);
      port1.close();
      resolve(data);
    };
    worker.postMessage(wish, [port2]);
  });
}
