import { Fault } from '../base/index.ts';
import type { Engine, Policy } from '../rank/index.ts';
import type { Archive, EngineModule } from './archive.ts';
import type { Decision } from './decision.ts';

export interface ReplaySources {
  archive: Pick<Archive, 'engine' | 'document'>;
  /** The files of a bundle by its id; undefined where it is not stored any more. */
  bundle: (id: string) => ReadonlyMap<string, Uint8Array> | undefined;
}

/** The code that made a decision, and what it decided with. */
export interface Recalled {
  readonly code: EngineModule;
  readonly engine: Engine;
  /** Null for an answer outside a list, in decisions of before the fourth engine. */
  readonly policy: Policy | null;
}

export type Recall = (decision: Decision) => Promise<Recalled>;

/**
 * Brings back what made a decision; what several share is loaded once. The function throws a Fault (`missing`,
 * `corrupt`) for what is not stored any more.
 */
export function createRecaller({ archive, bundle }: ReplaySources): Recall {
  const known = new Map<string, Promise<Recalled>>();

  const load = async (decision: Decision): Promise<Recalled> => {
    const code = await archive.engine(decision.engine);
    const columns = archive.document(decision.columns) as string[];
    const rules = code.parseRules(archive.document(decision.rules), columns);
    const policy = decision.policy === null ? null : code.parsePolicy(archive.document(decision.policy));
    const actions = decision.action.policy === undefined ? undefined : code.parseActionPolicy(archive.document(decision.action.policy));
    return { code, policy, engine: { rules, columns, actions, grades: policy?.grades, model: loadBundle(code, decision.bundle, bundle) } };
  };

  return async (decision) => {
    const key = [decision.engine, decision.columns, decision.rules, decision.policy, decision.action.policy, decision.bundle].join();
    const loading = known.get(key) ?? load(decision);
    known.set(key, loading);
    loading.catch(() => known.delete(key));
    const { engine, ...rest } = await loading;
    return { ...rest, engine: { ...engine, fault: decision.fault, lacks: decision.lacks, arm: decision.arm } };
  };
}

function loadBundle(code: EngineModule, id: string | null, bundle: ReplaySources['bundle']): Engine['model'] {
  if (id === null) return null;
  const files = bundle(id);
  if (files === undefined)
    throw new Fault({
      kind: 'missing',
      value: `bundle ${id}`,
      rule: 'is not stored any more',
      remedy: 'restore it from a backup',
    });
  const decoded = code.decodeBundle(files);
  if (decoded.id === id) return code.loadModel(decoded);
  throw new Fault({
    kind: 'corrupt',
    value: `bundle ${id}`,
    rule: `holds bundle ${decoded.id}`,
    remedy: 'restore it from a backup',
  });
}
