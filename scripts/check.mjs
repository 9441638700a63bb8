// `npm run check`: types, lint, unused code. Also the first part of `npm test`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, setup } from './setup.mjs';
import { run } from './run.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', name);

export async function check(runtime) {
  const steps = [
    ['types', [bin('tsc'), '-p', '.']],
    ['lint', [bin('oxlint'), '--deny-warnings', 'src', 'tests', 'bench', 'scripts']],
    ['unused files, exports and dependencies', [bin('knip'), '--no-progress']],
  ];
  for (const [label, args] of steps) {
    process.stderr.write(`check: ${label}\n`);
    const code = await run(runtime, args, { cwd: root });
    if (code !== 0) return code;
  }
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await check(await setup({ tests: true }));
