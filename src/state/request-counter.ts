/** What a page has asked for since it was opened. */
export interface RequestCount {
  /** Requests to the page's own site. */
  readonly own: number;
  /** Requests to any other site. */
  readonly other: number;
  /** Requests that the content security policy stopped before they left. */
  readonly blocked: number;
  /** Requests that carried something: the only way in which a script here could send a file. */
  readonly sent: number;
}

/** An entry of the browser's own list of requests (`PerformanceResourceTiming`). */
export interface RequestEntry {
  readonly name: string;
}

/**
 * Counts requests by where they went. `blob:` and `data:` addresses never leave the page, and are not
 * requests.
 *
 * @fires change
 */
export class RequestCounter extends EventTarget {
  readonly #ownOrigin: string;
  #count: RequestCount = { own: 0, other: 0, blocked: 0, sent: 0 };

  /** @param ownOrigin of the page, as `location.origin` gives it */
  constructor(ownOrigin: string) {
    super();
    this.#ownOrigin = ownOrigin;
  }

  get count(): RequestCount {
    return this.#count;
  }

  addEntries(entries: readonly RequestEntry[]): void {
    let { own, other } = this.#count;
    for (const { name } of entries) {
      const origin = networkOrigin(name);
      if (origin === null) continue;
      if (origin === this.#ownOrigin) own += 1;
      else other += 1;
    }
    this.#change({ own, other });
  }

  /** @param uri what the policy stopped: an address, or a word such as `inline`, which is no request */
  addBlocked(uri: string): void {
    if (networkOrigin(uri) !== null) this.#change({ blocked: this.#count.blocked + 1 });
  }

  addSent(): void {
    this.#change({ sent: this.#count.sent + 1 });
  }

  #change(changes: Partial<RequestCount>): void {
    const next = { ...this.#count, ...changes };
    const before = this.#count;
    this.#count = next;
    if ((Object.keys(next) as (keyof RequestCount)[]).some((key) => next[key] !== before[key])) {
      this.dispatchEvent(new Event('change'));
    }
  }
}

/** The origin of an address that goes over the network, else null. */
function networkOrigin(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  return /^(https?|wss?):$/.test(protocol) ? origin : null;
}

/**
 * Feeds a counter from a page, from the page's first request on. Calls that could carry a file are
 * passed through as they are, and counted where they have a body.
 */
export function watchRequests(page: Window & typeof globalThis): RequestCounter {
  const counter = new RequestCounter(page.location.origin);
  const observer = new page.PerformanceObserver((list) => counter.addEntries(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });
  page.document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition }) => {
    if (disposition === 'enforce') counter.addBlocked(blockedURI);
  });
  watchBodies(page, counter);
  return counter;
}

function watchBodies(page: Window & typeof globalThis, counter: RequestCounter): void {
  beforeCall(page, 'fetch', ([input, init]) => {
    const isCarrier = input instanceof page.Request && input.body !== null;
    const body = (init as RequestInit | undefined)?.body ?? null;
    if (isCarrier || body !== null) counter.addSent();
  });
  beforeCall(page.XMLHttpRequest.prototype, 'send', ([body]) => {
    if ((body ?? null) !== null) counter.addSent();
  });
  beforeCall(page.navigator, 'sendBeacon', () => counter.addSent());
}

type Call = (...given: unknown[]) => unknown;

/** Every call of `owner[name]` is shown to `look`, and then made as it was meant. */
function beforeCall(owner: object, name: string, look: (given: unknown[]) => void): void {
  const calls = owner as Record<string, Call>;
  const call = calls[name];
  if (!call) return;
  calls[name] = new Proxy(call, {
    apply(target, self: unknown, given: unknown[]): unknown {
      look(given);
      return Reflect.apply(target, self, given);
    },
  });
}

let watched: RequestCounter | null = null;

/** The counter of this page. The first call starts it, so call it early. */
export function pageRequests(): RequestCounter {
  return (watched ??= watchRequests(window));
}
