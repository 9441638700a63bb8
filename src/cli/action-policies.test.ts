import { describe, expect, test } from 'vitest';
import { DEFAULT_ACTIONS, engine } from '../rank/index.ts';
import { actionPolicies } from './action-policies.ts';

const other = engine.parseActionPolicy({ ...DEFAULT_ACTIONS, exploration: 0.3 });

function open(documents: Record<string, unknown>): { current: ReturnType<typeof actionPolicies>; promote: (hash: string) => void; faults: unknown[] } {
  const faults: unknown[] = [];
  let promoted: string | null = null;
  const archive = {
    keep: () => '',
    document: (hash: string) => {
      if (hash in documents) return documents[hash];
      throw new Error(`${hash} is not stored`);
    },
  };
  return { current: actionPolicies({ archive, engine, promoted: () => promoted, onFault: (error) => faults.push(error) }), promote: (hash) => (promoted = hash), faults };
}

describe('the action policy in force', () => {
  test('is that of leadrank until one is promoted', () => {
    const { current, promote } = open({ [other.hash]: other.document });
    expect(current().document.exploration).toBe(DEFAULT_ACTIONS.exploration);
    promote(other.hash);
    expect(current()).toMatchObject({ hash: other.hash, document: { exploration: 0.3 } });
  });

  test('stays that of leadrank where the promoted one is lost or broken, and says so once', () => {
    const { current, promote, faults } = open({ broken: { version: 0 } });
    for (const hash of ['lost', 'broken']) {
      promote(hash);
      expect(current().document.exploration).toBe(DEFAULT_ACTIONS.exploration);
      expect(current().effects).toBeNull();
    }
    expect(faults).toHaveLength(2);
  });
});
