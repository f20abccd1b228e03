import { html, type TemplateResult } from 'lit';

/** The place that the address names after its `#`, fetched when it is; null for the start. */
export function namedPlace(): TemplateResult | null {
  if (location.hash !== '#/storage') return null;
  void import('./av-storage');
  return html`<av-storage></av-storage>`;
}
