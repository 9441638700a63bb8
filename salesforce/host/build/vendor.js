// The part of the page that changes only with its versions: the LWC engine and the base components, one file per import.
import { createHash } from 'node:crypto';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rollup } from 'rollup';
import lwc from '@lwc/rollup-plugin';
import { DIST, HOST, ROOT } from './paths.js';
import { constants, onlyIcons, virtual } from './plugins.js';

const ENGINE = {
  lwc: "export * from '@lwc/engine-dom';",
  '@lwc/synthetic-shadow': "import '@lwc/synthetic-shadow/dist/index.js';",
};

/** A digest of all that shapes the vendor bundle: locked versions, build code, components and icons used. */
export async function vendorHash(parts) {
  const hash = createHash('sha256').update(JSON.stringify(parts));
  const build = (await readdir(join(HOST, 'build'))).sort().map((name) => join(HOST, 'build', name));
  for (const file of [join(ROOT, 'package-lock.json'), ...build]) hash.update(await readFile(file));
  return hash.digest('hex');
}

/** Where the page finds a module of the vendor bundle. */
export const vendorFile = (name) => `vendor/${fileName(name)}.js`;

const fileName = (name) => name.replace('@', '').replaceAll('/', '-');

/** Writes dist/vendor: `lwc.js`, `lwc-synthetic-shadow.js` and one `lightning-*.js` per base component used. */
export async function buildVendor({ components, icons }) {
  const entries = [...Object.keys(ENGINE), ...components];
  const bundle = await rollup({
    input: Object.fromEntries(entries.map((name) => [fileName(name), `entry:${name}`])),
    preserveEntrySignatures: 'strict',
    plugins: [
      virtual({
        id: /^entry:/,
        code: (id) => {
          const name = id.slice('entry:'.length);
          return ENGINE[name] ?? `export * from '${name}'; export { default } from '${name}';`;
        },
      }),
      virtual({ id: /^lwc$/, code: () => ENGINE.lwc }),
      engineFiles(),
      onlyIcons(icons),
      lwc({
        rootDir: ROOT,
        modules: [{ npm: 'lightning-base-components' }],
        enableDynamicComponents: true,
        enableLwcOn: true,
      }),
      constants(),
    ],
    onwarn: quiet,
  });
  await rm(join(DIST, 'vendor'), { recursive: true, force: true });
  await bundle.write({ dir: join(DIST, 'vendor'), format: 'es', chunkFileNames: 'shared-[hash].js', compact: true });
  await bundle.close();
}

/** Finds the engine's own files, which are plain ES modules. */
function engineFiles() {
  return {
    name: 'engine-files',
    async resolveId(id) {
      if (!id.startsWith('@lwc/')) return null;
      return join(ROOT, 'node_modules', id, id.endsWith('.js') ? '' : 'dist/index.js');
    },
  };
}

/** Base components import each other in circles and use `this` at top level; neither is ours to mend. */
function quiet(warning, warn) {
  if (!['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED'].includes(warning.code)) warn(warning);
}
