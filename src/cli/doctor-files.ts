import { TARGETS } from '../features/index.ts';
import { engine } from '../rank/index.ts';
import type { Config } from './config.ts';
import { readPolicy } from './policy-file.ts';
import { policyColumns, ruleFeatures } from './rules-cell.ts';
import { initialRules } from './rules-source.ts';
import { counted } from './words.ts';

/** A file of the config folder, and how it is read; that throws a Fault that names the place. */
export interface ConfigFile {
  readonly name: string;
  /** What it holds, in a few words. */
  read(): string;
}

/** What people wrote beside `cell.yaml`, as the cell would read it when it starts. */
export function configFiles(config: Config): ConfigFile[] {
  const rules = TARGETS.flatMap((target): ConfigFile[] => {
    const file = config.rules[target];
    return file === null ? [] : [{
      name: file.name,
      read() {
        const { version, rules: { length } } = initialRules(config, target, ruleFeatures({ config, target }));
        return `${counted(length, 'rule')} of ${{ lead: 'leads', opportunity: 'opportunities' }[target]}, version ${version}`;
      },
    }];
  });
  const { policy } = config;
  return policy === null ? rules : [...rules, {
    name: policy.name,
    read() {
      const { version, goal, adjustments } = readPolicy(config, engine, policyColumns(config));
      return `policy version ${version}, for ${goal}, ${counted(adjustments.length, 'adjustment')}`;
    },
  }];
}
