import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { exercise } from './browser.fixture.ts';

const browserPath = process.env['LEADRANK_CHROMIUM'] || ['/usr/bin/chromium'].find((path) => existsSync(path));
const FLAGS = [
  ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ['--disable-component-update', '--disable-sync'],
].flat();

/** The trees as one script for a page; nothing of Node can be in it. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'browser.fixture.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'trees',
    target: 'es2023',
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

it('bundles for a browser without a module of Node', async () => {
  expect(await bundled()).toContain('exercise');
});

it.skipIf(!browserPath && process.env['CI'] === undefined)(
  'trains, loads, scores and explains in Chromium with the same bits as in Node (skipped without Chromium)',
  async () => {
    const browser = await chromium.launch({ executablePath: browserPath!, args: FLAGS });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: await bundled() });
      expect(await page.evaluate('trees.exercise()')).toBe(exercise());
    } finally {
      await browser.close();
    }
  },
);
