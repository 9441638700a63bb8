import { build, type Plugin } from 'esbuild';
import { contentId, Fault, writeFileAtomic } from '../base/index.ts';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CompiledEngine {
  /** The first 32 hex digits of the file's SHA-256. */
  readonly id: string;
  readonly path: string;
}

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', 'rank', 'engine.ts');
const ROOT = join(dirname(SOURCE), '..', '..');

/** What the engine may still import once it is one file: hashing, which every Node has. */
const ALLOWED = new Set(['node:crypto']);

/**
 * Compiles the decision engine into one ES module at `out`. The same sources give the same bytes on every machine.
 * Throws a Fault where the engine reaches for a disk, a socket or a native module.
 */
export async function compileEngine({ out }: { out: string }): Promise<CompiledEngine> {
  const result = await build({
    entryPoints: [SOURCE],
    absWorkingDir: ROOT,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
    packages: 'external',
    plugins: [pure],
  });
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  const foreign = imports.find((path) => !ALLOWED.has(path));
  if (foreign !== undefined)
    throw new Fault({
      kind: 'conflict',
      value: foreign,
      rule: 'the decision engine may not depend on it',
      remedy: 'move what needs it out of what assess and arrange import',
    });
  const bytes = result.outputFiles[0]!.contents;
  writeFileAtomic(out, bytes);
  return { id: contentId(bytes), path: out };
}

/** Our modules do nothing when they are merely imported, so what the engine does not use falls away. */
const pure: Plugin = {
  name: 'pure',
  setup(bundler) {
    bundler.onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || pluginData === pure) return undefined;
      const found = await bundler.resolve(path, { kind, importer, resolveDir, pluginData: pure });
      return found.errors.length > 0 ? undefined : { path: found.path, external: found.external, sideEffects: false };
    });
  },
};
