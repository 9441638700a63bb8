import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder, type Clock } from '../base/index.ts';
import type { Log } from '../log/index.ts';
import { keyOf } from './key.ts';
import { marksIn, retiredEvent, type Retired } from './marks.ts';
import { hex } from './record.ts';
import { listSegments, openSegment, type SegmentName } from './segment.ts';

export interface RetireOptions {
  /** Of the journals. */
  readonly dir: string;
  /** Segments of which every decision is older than this go, ms. */
  readonly before: number;
  readonly log: Pick<Log, 'append'>;
  readonly clock: Clock;
}

/**
 * Removes old segments, the oldest first and never the one that a server writes, once the log tells of it: the chain of what is left
 * begins where the log says. One that was cut short is completed by the next. Returns how many there were.
 */
export async function retireSegments({ dir, before, log, clock }: RetireOptions): Promise<number> {
  const old = oldSegments(dir, before);
  for (const { segments, chain } of old) {
    const { server, number: segment } = segments.at(-1)!;
    await log.append([retiredEvent({ server, segment, chain: hex(chain) }, clock())]);
    for (const { file } of segments) rmSync(join(dir, file), { force: true });
    syncFolder(dir);
  }
  return old.reduce((sum, { segments }) => sum + segments.length, 0);
}

/**
 * Tells the log of a cell that was restored where its journals begin: segments may have gone for their age after its log was copied and
 * before they were. A backup looked at that when it was made.
 */
export async function tellBeginnings({ dir, log, clock }: { dir: string; log: Pick<Log, 'append'> & Parameters<typeof marksIn>[0]; clock: Clock }): Promise<void> {
  const begun = [...Map.groupBy(listSegments(dir), ({ server }) => server)].flatMap(([server, [first]]): Retired[] => {
    const chain = first!.number === 1 ? undefined : chainBefore(dir, first!.file);
    return chain === undefined ? [] : [{ server, segment: first!.number - 1, chain: hex(chain) }];
  });
  if (begun.length === 0) return;
  const { retired } = await marksIn(log);
  const untold = begun.filter(({ server, segment }) => !retired.some((one) => one.server === server && one.segment >= segment));
  await log.append(untold.map((one) => retiredEvent(one, clock())));
}

/** Of a server: its segments that are old, and the chain that the first one after them continues. */
export interface OldSegments {
  readonly segments: readonly SegmentName[];
  readonly chain: Uint8Array;
}

/** The segments of which every decision was made before a moment, ms: what follows one was made no sooner. */
export function oldSegments(dir: string, before: number): OldSegments[] {
  return [...Map.groupBy(listSegments(dir), ({ server }) => server).values()].flatMap((segments) => {
    let count = 0;
    while (count + 1 < segments.length && firstTime(dir, segments.slice(count + 1)) < before) count += 1;
    const chain = count === 0 ? undefined : chainBefore(dir, segments[count]!.file);
    return chain === undefined ? [] : [{ segments: segments.slice(0, count), chain }];
  });
}

/** When the first decision that is not blank was made, ms; Infinity where there is none. */
function firstTime(dir: string, segments: readonly SegmentName[]): number {
  for (const { file } of segments) {
    const reader = openSegment(dir, file);
    try {
      for (const { head, body } of reader.records()) {
        const time = head.erased ? undefined : keyOf(body)?.time;
        if (time !== undefined && time > 0) return time;
      }
    } finally {
      reader.close();
    }
  }
  return Infinity;
}

/** Undefined where the header is damaged: `verify` tells of it, and nothing goes. */
function chainBefore(dir: string, file: string): Uint8Array | undefined {
  const reader = openSegment(dir, file);
  try {
    return reader.header()?.before;
  } finally {
    reader.close();
  }
}
