import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { conformance } from '../conformance.ts';
import { openLmdbLog } from './log.ts';

const folder = mkdtempSync(join(tmpdir(), 'leadrank-log-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

conformance('lmdb', (clock) => openLmdbLog({ path: join(folder, `${count++}`), clock }));
