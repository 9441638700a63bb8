import type { LoggedEvent, SubjectId } from '../events/index.ts';
import type { Store } from './store.ts';

/** What subjects became: a visitor the lead or contact that it was found to be, a merged record the one that stays. */
export interface Aliases {
  /** The subject whose row counts. */
  resolve(subject: SubjectId): SubjectId;
  set(subject: SubjectId, became: SubjectId): void;
  /** Forgets what became this subject, and what it became itself. */
  forget(subject: SubjectId): void;
}

const MOST_STEPS = 32;

export function createAliases({ aliases, became }: Pick<Store, 'aliases' | 'became'>): Aliases {
  const next = (subject: SubjectId): SubjectId | undefined => {
    const bytes = aliases.get(subject);
    return bytes === undefined ? undefined : (new TextDecoder().decode(bytes) as SubjectId);
  };
  const resolve = (subject: SubjectId): SubjectId => {
    let at = subject;
    for (let step = 0; step < MOST_STEPS; step++) {
      const further = next(at);
      if (further === undefined) return at;
      at = further;
    }
    return at;
  };
  return {
    resolve,
    set(subject, target) {
      const to = resolve(target);
      if (to === subject) return; // merged back: the first merge stands
      aliases.put(subject, new TextEncoder().encode(to));
      became.add(to, subject);
    },
    forget(subject) {
      for (const other of became.members(subject)) {
        aliases.remove(other);
        became.remove(subject, other);
      }
      const target = next(subject);
      if (target !== undefined) became.remove(target, subject);
      aliases.remove(subject);
    },
  };
}

/** Which subject becomes which by an event; undefined where it joins none. */
export function joined({ type, subject, data }: LoggedEvent): { from: SubjectId; into: SubjectId } | undefined {
  if (type === 'record.merged' && typeof data['loser'] === 'string') return { from: data['loser'] as SubjectId, into: subject };
  if (type !== 'link.visitor') return undefined;
  const into = data['lead'] ?? data['contact'];
  return typeof into === 'string' ? { from: subject, into: into as SubjectId } : undefined;
}
