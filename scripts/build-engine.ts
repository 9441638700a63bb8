// Compiles the decision engine (assess and arrange) into one file, whose hash names it in every decision.
import { join } from 'node:path';
import { compileEngine } from '../src/audit/index.ts';

const { id } = await compileEngine({ out: join(import.meta.dirname, '..', 'build', 'engine.mjs') });
process.stdout.write(`${id}\n`);
