import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * The flags under which headless Chromium has WebGPU (on SwiftShader where there is no GPU) and
 * keeps its background services off the network.
 */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
] as const;

/** Tests get a camera and a microphone that beeps, and are never asked whether they may use them. */
export const fakeDeviceFlags = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
] as const;

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function fromPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

function playwrightCache(): string | undefined {
  const roots = [
    process.env['PLAYWRIGHT_BROWSERS_PATH'],
    join(homedir(), '.cache', 'ms-playwright'),
    join(homedir(), 'Library', 'Caches', 'ms-playwright'),
    join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright'),
  ];
  const binaries = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
  ];
  for (const root of roots) {
    if (!root || !existsSync(root)) continue;
    const builds = readdirSync(root)
      .filter((name) => /^chromium-\d+$/.test(name))
      .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
    const found = builds
      .flatMap((build) => binaries.map((binary) => join(root, build, binary)))
      .find(existsSync);
    if (found) return found;
  }
  return undefined;
}

/** The Chromium to drive: `$CHROMIUM`, the usual places, the Playwright cache; undefined if none. */
export function findChromium(): string | undefined {
  const chosen = process.env['CHROMIUM'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM points to ${chosen}, which does not exist.`);
    return chosen;
  }
  return fromPath() ?? fixedPlaces.find(existsSync) ?? playwrightCache();
}

function run(command: string, args: string[]): boolean {
  process.stderr.write(`No Chromium found; trying: ${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 900_000 });
  return status === 0;
}

/** Finds a Chromium or installs one: Playwright's download, else apt as root. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const download = () =>
    run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium']);
  const isRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const apt = () =>
    isRoot &&
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update', '-q']) &&
    run('apt-get', [
      ...['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '-q'],
      ...['--no-install-recommends', 'chromium'],
    ]);
  for (const attempt of [download, apt]) {
    if (attempt()) {
      const installed = findChromium();
      if (installed) return installed;
    }
  }
  throw new Error(
    'No Chromium was found and none could be installed. Install Chromium or Chrome, or set the ' +
      'environment variable CHROMIUM to its path.',
  );
}
