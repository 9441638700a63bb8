import type { Archive, EngineModule } from '../audit/index.ts';
import { DEFAULT_ACTIONS, type ActionPolicy } from '../rank/index.ts';

export interface ActionPoliciesOptions {
  archive: Pick<Archive, 'document' | 'keep'>;
  engine: Pick<EngineModule, 'parseActionPolicy'>;
  /** The hash of the policy that was promoted last; null where none was. */
  promoted: () => string | null;
  /** Told once of each policy that cannot be used. */
  onFault: (error: unknown) => void;
}

/**
 * The action policy that recommends now: the promoted one, or, where there is none or it cannot be used, the one that comes with
 * leadrank. Both are kept, so that what they decided can be replayed.
 */
export function actionPolicies({ archive, engine, promoted, onFault }: ActionPoliciesOptions): () => ActionPolicy {
  const standard = engine.parseActionPolicy(DEFAULT_ACTIONS);
  archive.keep(standard.document);
  const known = new Map<string, ActionPolicy>([[standard.hash, standard]]);
  const load = (hash: string): ActionPolicy => {
    try {
      return engine.parseActionPolicy(archive.document(hash));
    } catch (error) {
      onFault(error);
      return standard;
    }
  };
  return () => {
    const hash = promoted() ?? standard.hash;
    let policy = known.get(hash);
    if (policy === undefined) known.set(hash, (policy = load(hash)));
    return policy;
  };
}
