import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../base/index.ts';
import { DEFAULT_POLICY, engine } from '../rank/index.ts';
import { readConfig } from './config.ts';
import { readPolicy } from './policy-file.ts';

const dir = mkdtempSync(join(tmpdir(), 'leadrank-policy-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const COLUMNS = ['country', 'touches_14d'];

function written(text: string | null): ReturnType<typeof readPolicy> {
  writeFileSync(join(dir, 'cell.yaml'), 'region: eu\n');
  rmSync(join(dir, 'policy.yaml'), { force: true });
  if (text !== null) writeFileSync(join(dir, 'policy.yaml'), text);
  return readPolicy(readConfig({ config: dir }), engine, COLUMNS);
}

describe('the policy of a cell', () => {
  test('is that of the file beside cell.yaml, else the one that comes along', () => {
    expect(written('version: 7\nrestAfterTouch: 45m\n')).toMatchObject({ version: 7, restAfterTouch: 45 * MINUTE });
    expect(written(null).hash).toBe(engine.parsePolicy({ version: DEFAULT_POLICY.version }, COLUMNS).hash);
  });

  test.each([
    ['version: 7\nrestAfterTouch: soon\n', 'policy.yaml: restAfterTouch: "soon": is a span from 0m to 366d; write it as 30m, 4h or 3d'],
    ['version: 7\nluck: 1\n', 'policy.yaml: "luck": is not known here; use version'],
    ['version: [\n', /policy\.yaml:\d+: is not valid YAML/u],
    ['version: 1\nadjustments: [{ name: fatigue, feature: calls, most: 3 }]\n', 'policy.yaml: adjustments[0].feature: "calls": is not known here; use country'],
  ])('%j is refused with file, place and rule', (text, message) => {
    expect(() => written(text)).toThrow(message);
  });
});
