import { log } from '../base/index.ts';
import type { Priority } from './arrange.ts';
import type { RecordFacts } from './assessment.ts';
import type { Effect } from './reasons.ts';

/** A record as it stood on a list. */
export interface Seen {
  readonly subject: string;
  readonly position: number;
  /** When, ms. */
  readonly time: number;
  /** The model that scored it; null where none did. */
  readonly bundle: string | null;
  readonly priority: Priority;
  readonly facts: RecordFacts;
  /** By the model of then. */
  readonly raw: number | null;
  /** By the model that decides now, of what was known then; null where none can be asked. */
  readonly effects: readonly Effect[] | null;
}

/** What changed a record's place, in words. */
export interface Change {
  /** The place before; null: it was not on the list. */
  readonly from: number | null;
  /** What did most of it. */
  readonly by: 'new' | 'model' | 'chance' | 'value' | 'others' | (string & {});
  readonly sentence: string;
}

/** A change of priority by less than this share is no reason: others went or came. */
const LEAST = 0.02;

/**
 * What changed between two lists of the same user for a record whose place is another; null where it is not. What is named is the
 * greatest part of the change of its own priority in its direction, or, where that did not go the way of its place, the others.
 * `rawBefore`: what the model of now says of the facts of then, for telling a new model from new facts.
 */
export function changeOf(before: Seen | null, after: Seen, rawBefore: number | null): Change | null {
  if (before === null) return { from: null, by: 'new', sentence: entrance(after) };
  if (before.position === after.position) return null;
  const up = after.position < before.position;
  const total = ratio(after.priority.total, before.priority.total);
  const own = Math.abs(total) >= LEAST && total > 0 === up;
  if (!own) return { from: before.position, by: 'others', sentence: up ? 'others above it went down or off the list' : 'others came before it' };
  const sign = up ? 1 : -1;
  const [greatest] = partsOf(before, after, rawBefore).toSorted((a, b) => (b.size - a.size) * sign);
  return { from: before.position, by: greatest!.by, sentence: greatest!.say() };
}

interface ChangedPart {
  readonly by: string;
  readonly size: number;
  readonly say: () => string;
}

function partsOf(before: Seen, after: Seen, rawBefore: number | null): ChangedPart[] {
  const names = [...new Set([...before.priority.factors, ...after.priority.factors].map(({ name, rule }) => `${name} ${rule ?? ''}`))];
  const factors = names.map((key): ChangedPart => {
    const [then, now] = [before, after].map(({ priority }) => priority.factors.find(({ name, rule }) => `${name} ${rule ?? ''}` === key));
    return { by: key.trimEnd(), size: ratio(now?.factor ?? 1, then?.factor ?? 1), say: () => factorChange({ before, after, now: now?.sentence ?? null }) };
  });
  const value: ChangedPart = { by: 'value', size: ratio(after.priority.value, before.priority.value), say: () => (after.priority.value > before.priority.value ? 'it is worth more than before' : 'it is worth less than before') };
  return [...chanceParts(before, after, rawBefore), value, ...factors];
}

/** A change of chance, split between the model and the facts in the proportion of their parts of the log-odds. */
function chanceParts(before: Seen, after: Seen, rawBefore: number | null): ChangedPart[] {
  const size = ratio(after.priority.chance, before.priority.chance);
  const facts: ChangedPart = { by: 'chance', size, say: () => factsChange(before, after) };
  if (before.bundle === after.bundle || before.raw === null || after.raw === null || rawBefore === null || after.raw === before.raw) return [facts];
  const share = (rawBefore - before.raw) / (after.raw - before.raw);
  const model: ChangedPart = { by: 'model', size: size * share, say: () => `a new model thinks ${rawBefore > before.raw! ? 'better' : 'worse'} of it` };
  return [model, { ...facts, size: size * (1 - share) }];
}

/** The feature whose effect changed most in the direction of all, with what it was before. */
function factsChange(before: Seen, after: Seen): string {
  const better = after.priority.chance > before.priority.chance;
  const general = `its chance is ${better ? 'better' : 'worse'} than before`;
  if (before.effects === null || after.effects === null) return general;
  const then = new Map(before.effects.map((effect) => [effect.feature, effect]));
  const changed = after.effects
    .map((effect) => ({ effect, was: then.get(effect.feature), size: effect.effect - (then.get(effect.feature)?.effect ?? 0) }))
    .filter(({ size }) => size > 0 === better && size !== 0)
    .toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size));
  for (const { effect, was } of changed) {
    const [now, earlier] = [effect.sentence(), was?.sentence()];
    if (now !== earlier) return earlier === undefined ? now : `${now} (before: ${earlier})`;
  }
  return general;
}

function factorChange({ before, after, now }: { before: Seen; after: Seen; now: string | null }): string {
  if ((after.facts.lastTouch ?? 0) > before.time) return 'it was contacted since';
  if (now !== null) return now;
  return after.priority.total < before.priority.total ? 'what made it urgent is over' : 'what held it back is over';
}

function entrance({ priority, facts }: Seen): string {
  const urgent = priority.factors.filter(({ factor, sentence }) => factor > 1 && sentence !== null).toSorted((a, b) => b.factor - a.factor)[0];
  if (urgent !== undefined) return `new on the list: ${urgent.sentence}`;
  return facts.lastTouch === null ? 'new on the list: nobody has been in touch with it yet' : 'new on the list';
}

/** ln of the ratio; of what is nothing, nothing. */
function ratio(now: number, then: number): number {
  return now === then || !(now > 0) || !(then > 0) ? 0 : log(now / then);
}
