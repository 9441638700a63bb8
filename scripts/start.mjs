// `npm start`: set up what is missing, then run a cell with a simulated org on embedded defaults.
import { join } from 'node:path';
import { root, setup } from './setup.mjs';
import { run } from './run.mjs';

await setup();
process.exitCode = await run(join(root, 'bin', 'leadrank'), ['up', '--simulate', ...process.argv.slice(2)]);
