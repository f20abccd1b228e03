import { beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { RequestCounter, pageRequests } from '../../src/state/request-counter';
import { fetchSamples, type Sample } from '../../src/state/samples';
import type { AvCitation } from '../../src/ui/av-citation';
import type { AvMeasured } from '../../src/ui/av-measured';
import '../../src/ui/av-paper';
import type { AvPaper } from '../../src/ui/av-paper';
import { bibtex } from '../../src/ui/av-citation';
import type { AvPrivacyCounter } from '../../src/ui/av-privacy-counter';
import { columns, formatValue, leaderboard } from '../../src/ui/leaderboard';
import { chooseTheme } from '../../src/ui/theme';
import { auditPage, inside, mount, nextEvent } from './mount';

const samplesUrl = new URL('/samples/samples.json', location.href).href;
let samples: Sample[];
let paper: AvPaper;
const part = <T extends Element = HTMLElement>(selector: string, from: Element = paper) =>
  inside<T>(from, selector);

beforeEach(async () => {
  // Started as the page does it: before anything else.
  pageRequests();
  samples = await fetchSamples(samplesUrl);
  paper = await mount<AvPaper>('av-paper', { samples });
});

/** A canvas is drawn when some of its dots are not clear. */
function inkOf(canvas: HTMLCanvasElement): number {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return 0;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}

const drawn = (board: Element) =>
  vi.waitFor(() => expect(inkOf(inside(board, 'canvas'))).toBeGreaterThan(5000));

describe('av-paper', () => {
  it.each(['light', 'dark'] as const)(
    'is accessible in the %s theme, all unfolded',
    async (theme) => {
      chooseTheme(theme);
      await vi.waitFor(() => part('#suites', part('av-measured')));
      for (const tag of ['av-leaderboard', 'av-measured']) {
        part<HTMLDetailsElement>('details', part(tag)).open = true;
      }
      await drawn(part('av-leaderboard'));
      await auditPage();
    },
  );

  it('shows hand-made clues as such, and has them counted live', async () => {
    const example = part('av-clue-example');
    expect(example.shadowRoot?.textContent).toMatch(/Labelled by hand[^]*5 clues[^]*5/);
    expect(example.shadowRoot?.querySelectorAll('.strip li')).toHaveLength(5);
    const chosen = nextEvent('av-sample');
    part('#count-live', example).click();
    expect((await chosen).sample.id).toBe(samples[0]?.id);
  });

  it('does without an example where no clip has clues', async () => {
    paper.samples = samples.map((sample) => ({ ...sample, clues: [] }));
    await paper.updateComplete;
    expect(paper.shadowRoot?.querySelector('av-clue-example')).toBeNull();
  });

  it('opens other sites on a click only, and tells them nothing', () => {
    const links = [...paper.shadowRoot!.querySelectorAll('a')];
    expect(links.map(({ host }) => host)).toEqual([
      'arxiv.org',
      'av-reasoner.github.io',
      'github.com',
    ]);
    for (const { rel } of links) expect(rel).toBe('noreferrer noopener');
  });

  it('draws both figures for wide and narrow windows, one of each at a time', async () => {
    const method = part('av-method');
    const shown = () =>
      [...method.shadowRoot!.querySelectorAll('svg')].filter((svg) => svg.checkVisibility());
    const widths = () => shown().map((svg) => svg.viewBox.baseVal.width);
    const { style } = document.querySelector('main')!;
    style.width = '1000px';
    await vi.waitFor(() => expect(widths()).toEqual([940, 940]));
    style.width = '300px';
    await vi.waitFor(() => expect(widths()).toEqual([320, 320]));
    for (const svg of shown()) expect(svg.querySelector('title')?.textContent).not.toBe('');
  });
});

describe('av-leaderboard', () => {
  const board = () => part('av-leaderboard');
  const table = () => part('av-leaderboard-table', board());
  const cells = () =>
    [...table().shadowRoot!.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent?.trim()),
    );
  const label = () => part('canvas', board()).getAttribute('aria-label');

  it('has every number of the data in its table', () => {
    expect(cells()).toEqual(
      leaderboard.map(({ model, modality, isLater, values }) => [
        ...[isLater ? `${model} †` : model, modality ?? '—'],
        ...columns.map((column) => formatValue(values[column])),
      ]),
    );
  });

  it('switches the metric, and draws anew', async () => {
    const canvas = inside<HTMLCanvasElement>(board(), 'canvas');
    await drawn(board());
    const before = canvas.toDataURL();
    expect(label()).toMatch(/Best model: Gemini 2\.5 Pro, 40\.80 \/ 47\.42\..*35\.83/);
    part<HTMLInputElement>('input[value=mae]', board()).click();
    await vi.waitFor(() => expect(label()).toMatch(/Gemini 2\.5 Pro, 2\.33 \/ 1\.47/));
    expect(part('#meaning', board()).textContent).toContain('Lower is better');
    await vi.waitFor(() => {
      expect(inkOf(canvas)).toBeGreaterThan(5000);
      expect(canvas.toDataURL()).not.toBe(before);
    });
    part<HTMLInputElement>('input[value=wcs]', board()).click();
    await vi.waitFor(() => expect(label()).toContain('Gemini 2.5 Pro, 6.71.'));
  });

  it('leaves people and chance out of the chart when asked', async () => {
    const rows = () => Number(/Chart of (\d+) rows/.exec(label() ?? '')?.[1]);
    const box = part<HTMLInputElement>('#bounds', board());
    if (!box.checked) box.click();
    await vi.waitFor(() => expect(rows()).toBe(23));
    box.click();
    await vi.waitFor(() => expect(rows()).toBe(21));
  });

  it('follows the theme', async () => {
    chooseTheme('light');
    await drawn(board());
    const canvas = inside<HTMLCanvasElement>(board(), 'canvas');
    const before = canvas.toDataURL();
    chooseTheme('dark');
    await vi.waitFor(() => {
      expect(inkOf(canvas)).toBeGreaterThan(5000);
      expect(canvas.toDataURL()).not.toBe(before);
    });
  });

  it('sorts by a column, the better end first, and back', async () => {
    inside<HTMLDetailsElement>(board(), 'details').open = true;
    const head = (by: string) => part<HTMLButtonElement>(`[data-sort="${by}"]`, table());
    const order = (by: string) => head(by).closest('th')?.getAttribute('aria-sort');
    const names = () => cells().map(([name]) => name);
    head('ref.acc').focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() =>
      expect(names().slice(0, 3)).toEqual(['Human', 'Gemini 2.5 Pro', 'Gemini 2.5 Flash']),
    );
    expect(order('ref.acc')).toBe('descending');
    head('ref.acc').click();
    await vi.waitFor(() => expect(names()[0]).toBe('VideoLLaMA2.1-7B-AV'));
    head('long.mae').click();
    await vi.waitFor(() => expect(names()[0]).toBe('Human'));
    expect([order('long.mae'), order('ref.acc')]).toEqual(['ascending', 'none']);
    head('model').click();
    await vi.waitFor(() => expect(names()[0]).toBe('AV-Reasoner'));
  });
});

describe('av-measured', () => {
  it('shows what the served file says', async () => {
    const measured = part('av-measured');
    await vi.waitFor(() => part('#suites', measured));
    const file = (await (await fetch(paper.measuredUrl)).json()) as {
      lines: { exact: number }[];
      suites: { n: number; exact: number; groups: unknown[] }[];
    };
    const text = (selector: string) =>
      [...measured.shadowRoot!.querySelectorAll(selector)].map((cell) => cell.textContent?.trim());
    expect(text('.big').map((words) => parseFloat(words ?? ''))).toEqual(
      file.lines.map(({ exact }) => exact),
    );
    expect(text('#suites td:nth-of-type(2)')).toEqual(
      file.suites.map(({ exact }) => `${exact.toFixed(1)} %`),
    );
    expect(measured.shadowRoot!.querySelectorAll('.groups [scope=row]')).toHaveLength(
      file.suites.flatMap(({ groups }) => groups).length,
    );
  });

  it('says so where there is none', async () => {
    const lost = await mount<AvMeasured>('av-measured', { url: '/no-such-file.json' });
    await vi.waitFor(() =>
      expect(lost.shadowRoot?.textContent).toContain('without the measurements'),
    );
  });
});

describe('av-citation', () => {
  const said = (citation: Element) => inside(citation, '[role=status]').textContent;

  it('copies the entry, and says so politely', async () => {
    const citation = await mount<AvCitation>('av-citation', {});
    await auditPage();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    inside(citation, '#copy').click();
    await vi.waitFor(() => expect(said(citation)).toContain('on the clipboard'));
    expect(write).toHaveBeenCalledWith(bibtex);
    expect(inside(citation, '#copy').textContent).toContain('Copied');
    write.mockRestore();
  });

  it('selects the entry where it may not copy', async () => {
    const citation = await mount<AvCitation>('av-citation', {});
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('no'));
    inside(citation, '#copy').click();
    await vi.waitFor(() => expect(said(citation)).toContain('is selected'));
    write.mockRestore();
  });
});

describe('av-privacy-counter', () => {
  const shown = (element: Element): Record<string, number> =>
    Object.fromEntries<number>(
      [...element.shadowRoot!.querySelectorAll<HTMLElement>('[data-count]')].map((line) => [
        line.dataset['count'] ?? '',
        Number(line.querySelector('dd')?.textContent),
      ]),
    );

  it('counts real requests as they happen, by where they go', async () => {
    const element = await mount<AvPrivacyCounter>('av-privacy-counter', { large: true });
    await auditPage();
    const before = shown(element);
    await fetch('/samples/samples.json?again');
    await vi.waitFor(() => expect(shown(element)['own']).toBeGreaterThan(before['own']!));
    expect(shown(element)['other']).toBe(before['other']);
    // The same server under its other name is another site. It need not answer.
    const other = location.host.replace('localhost', '127.0.0.1');
    await fetch(`http://${other}/samples/samples.json`, { mode: 'no-cors' }).catch(() => null);
    await vi.waitFor(() => expect(shown(element)['other']).toBe(before['other']! + 1));
    expect(shown(element)['sent']).toBe(before['sent']);
  });

  it('counts whatever carries something, by every way there is', async () => {
    const element = await mount<AvPrivacyCounter>('av-privacy-counter', {});
    const before = shown(element)['sent']!;
    const file = new File(['a video'], 'clip.mp4');
    await fetch('/sink', { method: 'POST', body: file }).catch(() => null);
    await fetch(new Request('/sink', { method: 'POST', body: file })).catch(() => null);
    navigator.sendBeacon('/sink', file);
    const request = new XMLHttpRequest();
    request.open('POST', '/sink');
    request.send(file);
    await vi.waitFor(() => expect(shown(element)['sent']).toBe(before + 4));
    expect(request.readyState).toBeGreaterThanOrEqual(XMLHttpRequest.OPENED);
  });

  it('counts what the policy stops, and shows it only then', async () => {
    const element = await mount<AvPrivacyCounter>('av-privacy-counter', {});
    const at = shown(element)['blocked'] ?? 0;
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI: 'https://elsewhere.test/x',
        disposition: 'enforce',
        documentURI: location.href,
        effectiveDirective: 'connect-src',
        originalPolicy: "connect-src 'self'",
        statusCode: 200,
        violatedDirective: 'connect-src',
      }),
    );
    await vi.waitFor(() => expect(shown(element)['blocked']).toBe(at + 1));
  });

  it('is quiet: no live region', async () => {
    const counter = new RequestCounter(location.origin);
    const element = await mount<AvPrivacyCounter>('av-privacy-counter', { counter });
    expect(shown(element)).toEqual({ other: 0, sent: 0 });
    expect(element.shadowRoot?.querySelector('[role=status], [aria-live]')).toBeNull();
    counter.addEntries([{ name: 'https://other.test/' }]);
    await vi.waitFor(() => expect(shown(element)['other']).toBe(1));
  });
});
