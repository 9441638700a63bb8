import { Fault } from '../base/index.ts';
import type { Archive, EngineModule } from '../audit/index.ts';
import type { FeatureSpec, TargetName } from '../features/index.ts';
import { DEFAULT_DEAL_RULES, DEFAULT_RULES, readRules, rulesDocument, type RulesDocument, type RuleSet } from '../rules/index.ts';
import type { Config } from './config.ts';

export interface RulesSourceOptions {
  archive: Pick<Archive, 'document' | 'keep'>;
  /** The engine that will decide with them. */
  engine: Pick<EngineModule, 'parseRules'>;
  /** The hash of the set that was applied last; null where none ever was. */
  applied: () => string | null;
  /** The features that a vector has now. */
  columns: () => readonly string[];
  /** What decides until one is applied. */
  initial: RulesDocument;
  /** What comes with leadrank: it decides where neither can be used. */
  fallback: RulesDocument;
  /** Told once of a set that cannot be used; the next best decides then. */
  onFailure: (error: Fault) => void;
}

/**
 * The rule set that decides now: the one that was applied last, as soon as its event is folded; where that cannot be used,
 * the initial one, and last the one that comes with leadrank. Every set that decides is in the archive first.
 */
export function rulesSource({ archive, engine, applied, columns, initial, fallback, onFailure }: RulesSourceOptions): () => RuleSet {
  let known: { hash: string | null; columns: readonly string[]; rules: RuleSet } | undefined;
  const choose = (hash: string | null, names: readonly string[]): RuleSet => {
    const documents = [...(hash === null ? [] : [() => archive.document(hash)]), () => initial];
    for (const document of documents) {
      try {
        return engine.parseRules(document(), names);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        onFailure(error);
      }
    }
    return engine.parseRules(fallback, names);
  };
  return () => {
    const hash = applied();
    const names = columns();
    if (known === undefined || known.hash !== hash || known.columns !== names) {
      const rules = choose(hash, names);
      archive.keep(rulesDocument(rules));
      known = { hash, columns: names, rules };
    }
    return known.rules;
  };
}

/** The points rules that come with leadrank. */
export const RULES_OF_THE_HOUSE: Readonly<Record<TargetName, RulesDocument>> = { lead: DEFAULT_RULES, opportunity: DEFAULT_DEAL_RULES };

/** What decides of a target in a cell in which no rules were applied: those of the config folder, or of the house. Throws a Fault. */
export function initialRules({ rules }: Pick<Config, 'rules'>, target: TargetName, features: readonly FeatureSpec[]): RulesDocument {
  const file = rules[target];
  if (file === null) return RULES_OF_THE_HOUSE[target];
  return rulesDocument(readRules(file.text, { name: file.name, features: features.filter(({ entity }) => entity === target) }).rules);
}
