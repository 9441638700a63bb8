import { existsSync } from 'node:fs';
import { Fault } from '../base/index.ts';
import type { Decision } from './decision.ts';
import { keyOf } from './key.ts';
import { listSegments, openSegment, type Located } from './segment.ts';

export interface SampleOptions<T> {
  /** Asked before the rest of a decision is read. */
  wants: (subject: string) => boolean;
  /** What is kept of a decision; undefined leaves it out. */
  keep: (decision: Decision) => T | undefined;
}

export interface JournalSample<T> {
  /** Records walked, the blank ones among them. */
  readonly records: number;
  /** Records whose body an erasure blanked: whose they were is not known any more. */
  readonly erased: number;
  readonly kept: readonly T[];
}

/**
 * Walks the journals of a folder once and keeps what is wanted of them; nothing is held of the rest. They may grow meanwhile.
 * Throws a Fault (`corrupt`) for a body that is no decision.
 */
export function sampleJournals<T>(dir: string, { wants, keep }: SampleOptions<T>): JournalSample<T> {
  const kept: T[] = [];
  let [records, erased] = [0, 0];
  for (const { file } of existsSync(dir) ? listSegments(dir) : []) {
    const reader = openSegment(dir, file);
    try {
      for (const record of reader.records()) {
        records += 1;
        erased += Number(record.head.erased);
        const found = record.head.erased ? undefined : read(file, record, wants);
        const part = found === undefined ? undefined : keep(found);
        if (part !== undefined) kept.push(part);
      }
    } finally {
      reader.close();
    }
  }
  return { records, erased, kept };
}

function read(file: string, { at, body }: Located, wants: (subject: string) => boolean): Decision | undefined {
  const key = keyOf(body);
  try {
    if (key === null) throw new TypeError('it does not begin with an id and a subject');
    return wants(key.subject) ? (JSON.parse(new TextDecoder().decode(body)) as Decision) : undefined;
  } catch (cause) {
    throw new Fault({ kind: 'corrupt', value: `${file}, byte ${at}`, rule: 'is no decision', remedy: 'run `bin/leadrank audit verify`', cause });
  }
}
