import axe from 'axe-core';
import type { LitElement } from 'lit';
import { expect } from 'vitest';
import { installTheme } from '../../src/ui/theme';

installTheme();

/** Puts one element into an otherwise empty page and waits until it has rendered. */
export async function mount<T extends LitElement>(tag: string, properties: Partial<T>): Promise<T> {
  const element = document.createElement(tag) as T;
  Object.assign(element, properties);
  const main = document.createElement('main');
  main.append(element);
  document.body.replaceChildren(main);
  await element.updateComplete;
  return element;
}

/** Longer than any motion of the page, through which colours are not what they will be. */
const motionMs = 250;

/** Fails with every accessibility rule that the page breaks once nothing moves, and where. */
export async function auditPage(): Promise<void> {
  let found = await audit();
  if (found.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, motionMs));
    found = await audit();
  }
  expect(found).toEqual([]);
}

async function audit(): Promise<unknown[]> {
  const { violations } = await axe.run(document, {
    // A single element is not a page: it has no heading order and no title of its own.
    rules: { 'page-has-heading-one': { enabled: false }, 'heading-order': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

/** The one element inside `host` that matches; its own shadow root only. */
export function inside<T extends Element = HTMLElement>(host: Element, selector: string): T {
  const found = host.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`${host.localName} has no ${selector}`);
  return found;
}

/** The next event of this name that reaches the document. */
export function nextEvent<K extends keyof HTMLElementEventMap>(
  name: K,
): Promise<HTMLElementEventMap[K]> {
  return new Promise((resolve) => {
    document.body.addEventListener(name, resolve, { once: true });
  });
}
