import { vi } from 'vitest';
import { policyCommand } from '../../src/cli/policy.ts';

/** What `bin/leadrank policy …` prints in a data folder. Throws what it throws; restore all mocks after each test. */
export async function policyVerb(data: string, ...args: string[]): Promise<string> {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  await policyCommand().parseAsync([...args, '--data', data], { from: 'user' });
  return written.join('');
}
