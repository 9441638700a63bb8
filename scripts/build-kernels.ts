// Compiles the AssemblyScript kernels (src/trees/kernels/*.as) into *.wasm.ts. Usage: node scripts/build-kernels.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from 'assemblyscript/asc';

const FOLDER = resolve(import.meta.dirname, '..', 'src', 'trees', 'kernels');
const FLAGS = ['-O3', '--converge', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'bulk-memory'];

/** The WebAssembly bytes of one kernel's source. */
export async function compileKernel(source: string): Promise<Uint8Array> {
  let wasm = new Uint8Array();
  const { error, stderr } = await main(['kernel.ts', '-o', 'kernel.wasm', ...FLAGS], {
    readFile: (name) => (name === 'kernel.ts' ? source : null),
    writeFile: (_name, content) => void (wasm = Uint8Array.from(content as Uint8Array)),
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return wasm;
}

/** The module that carries them. */
export function kernelModule(wasm: Uint8Array): string {
  const lines = Buffer.from(wasm)
    .toString('base64')
    .match(/.{1,100}/g)!;
  const text = lines.map((line) => `'${line}'`).join(' +\n  ');
  return `/** Compiled by scripts/build-kernels.ts; not to be edited. */\nexport const WASM =\n  ${text};\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.as'))) {
    const wasm = await compileKernel(readFileSync(join(FOLDER, name), 'utf8'));
    writeFileSync(join(FOLDER, name.replace('.as', '.wasm.ts')), kernelModule(wasm));
    process.stdout.write(`${name}: ${wasm.length} bytes\n`);
  }
}
