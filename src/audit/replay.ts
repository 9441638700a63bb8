import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../base/index.ts';
import type { Assessment, Engine } from '../rank/index.ts';
import type { Archive, EngineModule } from './archive.ts';
import { inputOf, type Decision } from './decision.ts';

export interface ReplaySources {
  archive: Pick<Archive, 'engine' | 'document'>;
  /** The files of a bundle by its id; undefined where it is not stored any more. */
  bundle: (id: string) => ReadonlyMap<string, Uint8Array> | undefined;
}

/** What computing a decision again gave. */
export interface Replay {
  readonly decision: string;
  /** True when every field came out to the same bits. */
  readonly same: boolean;
  readonly differences: readonly Difference[];
  readonly engine: string;
  readonly bundle: string | null;
}

export interface Difference {
  readonly field: string;
  readonly recorded: unknown;
  readonly computed: unknown;
}

export type Replayer = (decision: Decision) => Promise<Replay>;

const FIELDS = ['level', 'levelReason', 'raw', 'probability', 'score', 'grade', 'reasons', 'action'] as const satisfies readonly (keyof Assessment)[];

/**
 * Computes decisions again with the engine, the bundle and the rules that each names. Loaded models are kept, so a run over
 * many decisions pays for each once. Throws a Fault (`missing`, `corrupt`) for what is not stored any more.
 */
export function createReplayer({ archive, bundle }: ReplaySources): Replayer {
  const engines = new Map<string, Promise<Engine>>();

  const prepare = async (decision: Decision): Promise<Engine> => {
    const module = await archive.engine(decision.engine);
    const columns = archive.document(decision.columns) as string[];
    const rules = module.parseRules(archive.document(decision.rules), columns);
    return { rules, columns, model: loadBundle(module, decision.bundle, bundle) };
  };

  return async (decision) => {
    const key = [decision.engine, decision.columns, decision.rules, decision.bundle].join();
    const engine = engines.get(key) ?? prepare(decision);
    engines.set(key, engine);
    engine.catch(() => engines.delete(key));
    const module = await archive.engine(decision.engine);
    const computed = module.assess(inputOf(decision), decision.time, { ...(await engine), fault: decision.fault });
    const differences = FIELDS.filter((field) => !isDeepStrictEqual(decision[field], computed[field])).map((field) => ({
      field,
      recorded: decision[field],
      computed: computed[field],
    }));
    const { id, engine: engineId, bundle: bundleId } = decision;
    return { decision: id, same: differences.length === 0, differences, engine: engineId, bundle: bundleId };
  };
}

function loadBundle(module: EngineModule, id: string | null, bundle: ReplaySources['bundle']): Engine['model'] {
  if (id === null) return null;
  const files = bundle(id);
  if (files === undefined)
    throw new Fault({ kind: 'missing', value: `bundle ${id}`, rule: 'is not stored any more', remedy: 'restore it from a backup' });
  const decoded = module.decodeBundle(files);
  if (decoded.id === id) return module.loadModel(decoded);
  throw new Fault({ kind: 'corrupt', value: `bundle ${id}`, rule: `holds bundle ${decoded.id}`, remedy: 'restore it from a backup' });
}
