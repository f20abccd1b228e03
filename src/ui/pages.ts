import { html, type TemplateResult } from 'lit';
import type { Benchmark } from '../state/benchmark/benchmark';
import type { Sample } from '../state/samples';
import type { AppState } from '../state/state';

/** What the address's hash names; anything unknown is the counting itself. */
export type Route = 'count' | 'paper' | 'benchmark' | 'storage';

export interface PageContext {
  readonly app: AppState;
  readonly samples: readonly Sample[];
  /** Null until somebody has gone to its page. */
  readonly benchmark: Benchmark | null;
}

/** A page beside the counting: its code is fetched when somebody goes there. */
export interface PageEntry {
  load(): Promise<unknown>;
  render(context: PageContext): TemplateResult;
}

export const pages: Readonly<Partial<Record<Route, PageEntry>>> = {
  paper: {
    load: () => import('./av-paper'),
    render: ({ samples }) => html`<av-paper .samples=${samples}></av-paper>`,
  },
  benchmark: {
    load: () => import('./benchmark/av-benchmark-page'),
    render: ({ app, benchmark }) =>
      html`<av-benchmark-page .benchmark=${benchmark} .model=${app.model}></av-benchmark-page>`,
  },
  storage: {
    load: () => import('./av-storage'),
    render: () => html`<av-storage></av-storage>`,
  },
};

export function routeOf(hash: string): Route {
  const name = /^#\/(\w+)$/.exec(hash)?.[1];
  return name !== undefined && Object.hasOwn(pages, name) ? (name as Route) : 'count';
}
