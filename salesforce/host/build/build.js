// Builds the local host page: `npm run build` → host/dist, static files that any web server can hand out.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { appModules, buildApp } from './app.js';
import { DIST, HOST, ROOT } from './paths.js';
import { buildStyles } from './styles.js';
import { buildVendor, vendorHash } from './vendor.js';
import { baseComponentsUsed, iconsUsed } from './scan.js';

const say = (line) => process.stdout.write(`page: ${line}\n`);

/** Runs one step and reports how long it took. */
async function step(name, work) {
  const start = performance.now();
  const result = await work();
  say(`${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

/** The hash that the vendor bundle of the last build was made from, or '' when there is none. */
const builtFrom = () => readFile(join(DIST, 'vendor', 'inputs.sha256'), 'utf8').catch(() => '');

async function build() {
  const sources = await appModules();
  const components = baseComponentsUsed(sources);
  const icons = iconsUsed(sources);
  const hash = await vendorHash({ components, icons });

  await mkdir(DIST, { recursive: true });
  if ((await builtFrom()) === hash) {
    say('engine and base components are unchanged');
  } else {
    await step('engine and base components built', () => buildVendor({ components, icons }));
    await writeFile(join(DIST, 'vendor', 'inputs.sha256'), hash);
  }
  await step('components built', () => buildApp({ components }));
  await step('styles pruned', () => buildStyles());
  await cp(join(HOST, 'static'), DIST, { recursive: true });
  say('ready in host/dist');
}

try {
  await build();
} catch (error) {
  const place = error.id ?? error.loc?.file ?? '';
  process.stderr.write(`page: not built: ${place ? `${relative(ROOT, place)}: ` : ''}${error.message}\n`);
  process.exitCode = 1;
}
