import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { chromiumFlags, fakeDeviceFlags } from './cli/chromium.ts';
import viteConfig from './vite.config.ts';

/** A config of its own for each project: vitest writes the project's name into it. */
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [...chromiumFlags, ...fakeDeviceFlags],
    },
  }),
  instances: [{ browser: 'chromium' as const }],
});

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] },
        },
        {
          extends: true,
          test: {
            name: 'component',
            include: ['tests/component/**/*.test.ts'],
            testTimeout: 60_000,
            browser: browser(),
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            environment: 'node',
            include: ['tests/e2e/**/*.test.ts'],
            testTimeout: 300_000,
            hookTimeout: 120_000,
            fileParallelism: false,
          },
        },
        {
          extends: true,
          test: {
            name: 'bench',
            include: ['tests/bench/**/*.test.ts'],
            globalSetup: ['tests/bench/make-videos.ts'],
            testTimeout: 900_000,
            browser: browser(),
          },
        },
      ],
    },
  }),
);
