import type { EngineModule } from '../audit/index.ts';
import { within } from '../base/index.ts';
import { DEFAULT_POLICY, type Policy } from '../rank/index.ts';
import type { Config } from './config.ts';

/**
 * How a cell's lists are arranged: by its policy file, or as leadrank comes. `columns`: the features that the file may name; null: any.
 * Throws a Fault that names the file, the place in it, the value, the rule and the remedy.
 */
export function readPolicy({ policy }: Pick<Config, 'policy'>, { parsePolicy }: Pick<EngineModule, 'parsePolicy'>, columns: readonly string[] | null): Policy {
  if (policy === null) return parsePolicy({ version: DEFAULT_POLICY.version }, columns); // the default, less what rests on features that are not there
  const { name, document } = policy;
  return within(name, () => parsePolicy(document, columns), { root: 'policy' });
}
