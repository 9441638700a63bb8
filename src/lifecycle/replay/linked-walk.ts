import { catalogue, type SubjectId } from '../../events/index.ts';
import { containersOf, createReplayRows, createVocabularies, ENTITIES, sourceOf, type Entity, type FeatureSpec } from '../../features/index.ts';
import type { EventColumns } from '../../log/index.ts';
import { ascending } from './order.ts';
import { columnsByCode, flagsOf, tableOf, wordCodes, type EventTable } from './table.ts';
import { columnsOf, type SampleValues } from './values.ts';
import { wordsOf, type Words } from './words.ts';

/** Of which records the values are wanted, and as of when. In order of time, then in the order of `isBefore`. */
export interface Requests {
  readonly names: readonly string[];
  /** Into `names`. */
  readonly subjects: Int32Array;
  /** ms, ascending. */
  readonly times: Float64Array;
  /** 1 where what became known at that very time is not seen: the sample of a decision that was shown then. */
  readonly blind: Uint8Array;
  /** For such a one: the offset of its impression. */
  readonly offsets: Float64Array;
}

export interface LinkedWalk {
  readonly batches: Iterable<EventColumns>;
  /** Features of one entity, most of which read the rows of others. */
  readonly features: readonly FeatureSpec[];
  readonly target: Entity;
  readonly until: number;
  readonly requests: Requests;
}

export interface LinkedValues {
  /** By feature: a value a request. */
  readonly columns: readonly SampleValues[];
  readonly words: readonly (Words | undefined)[];
  readonly events: number;
}

/** Replays all subjects together, as what became known, for features that read what a record is linked to. */
export function walkLinked({ batches, features, target, until, requests }: LinkedWalk): LinkedValues {
  const vocabularies = createVocabularies();
  const rows = createReplayRows(features, { vocabularies, target });
  const words = wordCodes();
  const heard = (code: number): boolean =>
    ENTITIES.some((entity) => rows.folds.of(entity).hears(code) || containersOf(entity).some((container) => rows.folds.of(container).hearsOf(entity, code)));
  const table = tableOf(batches, { columns: rows.columns, vocabularies, until, wanted: (code) => words.has(code) || heard(code), sourceOf });
  const order = inOrderOfKnowing(table);
  const places = columnsByCode(rows.columns);
  const fields = new Float64Array(rows.columns.names.length).fill(NaN);
  const numbers = Int32Array.from(table.names, (name) => rows.number(name));
  const asked = Int32Array.from(requests.names, (name) => rows.number(name));
  const values = new Float64Array(requests.times.length * features.length);
  const { times, blind, offsets, subjects } = requests;

  const columns = table.fields;
  const isWord = flagsOf((code) => words.has(code));
  let next = 0;
  /** Whether a request sees nothing of an event. */
  const isBefore = (request: number, known: number, offset: number): boolean => {
    const time = times[request]!;
    return time < known || (time === known && blind[request] === 1 && offsets[request]! <= offset);
  };
  const answer = (known: number, offset: number): void => {
    for (; next < times.length && isBefore(next, known, offset); next++) {
      rows.vectorInto(asked[subjects[next]!]!, times[next]!, values, next * features.length);
    }
  };

  for (const row of order) {
    answer(table.knownAt[row]!, table.offsets[row]!);
    const code = table.codes[row]!;
    const number = numbers[table.subjects[row]!]!;
    const filled = places[code]!;
    for (let i = 0; i < filled.length; i++) fields[filled[i]!] = columns[filled[i]!]![row]!;
    if (isWord[code] === 1) {
      const subject = table.names[table.subjects[row]!]! as SubjectId;
      const word = { type: catalogue.byCode.get(code)!.name, code, subject, time: table.times[row]!, data: table.wordData(row) };
      rows.word(number, word, table.ties[row]!, fields);
    } else rows.add(number, code, table.times[row]!, table.ties[row]!, fields);
    for (let i = 0; i < filled.length; i++) fields[filled[i]!] = NaN; // another type may not have the field
  }
  answer(Infinity, Infinity);
  const answers = columnsOf(features, values, times.length);
  return { columns: answers, words: wordsOf(rows.folds.of(target), answers), events: table.count };
}

/** The rows of a table in the order in which they became known, then of the log. */
const inOrderOfKnowing = ({ knownAt, offsets }: EventTable): Int32Array => ascending(knownAt, ascending(offsets));
