import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, makeFolder, syncFolder, writeFileAtomic } from '../../base/index.ts';
import type { LoggedEvent, SubjectId } from '../../events/index.ts';
import { bucketOf } from './bucket.ts';
import { FIRST_WORD, wordAt, type EventColumns } from './columns.ts';
import { readPartFile, removeStrays, writePartFile } from './files.ts';
import { gatherColumns, type Gathered } from './gather.ts';
import { readLifted } from './lifted.ts';
import { openManifest, type Manifest, type Part, type Segment } from './manifest.ts';
import { inOrder, type SegmentEvents } from './order.ts';
import { readPart, type PartSelection } from './part-read.ts';
import { REPEAT_HORIZON } from './repeats.ts';
import { eventReader } from './scatter.ts';

/** The older part of a log, in Parquet: segments of consecutive offsets, each cut into buckets of subjects. */
export interface History {
  /** The offset after its last. */
  end(): number;
  epoch(): number;
  segments(): readonly Segment[];
  /** Events of the offsets from `from` to before `to`, in order. Erased ones are skipped. */
  read(from: number, to: number): Iterable<LoggedEvent>;
  /** The rows of one bucket of one segment; undefined where it has none, or none of the types that are selected. */
  columns(segment: Segment, bucket: number, selection?: PartSelection): EventColumns | undefined;
  /** The deliveries that a new one could still repeat, in no order; what repeats another is not among them. */
  deliveries(): Iterable<Delivery>;
  /** Adds the next segment: the events from `end()` to before `to`, in order. Durable when it returns. */
  add(events: readonly Gathered[], to: number): void;
  /** Notes that the subject's erasure has begun, so that it is finished after a crash. */
  begin(subject: SubjectId): void;
  /** Removes the rows of a subject, and the note; the epoch rises with the first row if it is told to. Returns how many went. */
  erase(subject: SubjectId, epoch: 'raise' | 'keep'): number;
  /** The subject whose erasure a crash cut short. */
  interrupted(): SubjectId | undefined;
}

export interface Delivery {
  readonly source: string;
  readonly id: string;
  /** ms */
  readonly received: number;
}

/** Opens the history in a folder; it needs none before the first segment is added. */
export function openHistory(folder: string): History {
  const manifest = openManifest(folder);
  const note = join(folder, 'erasing');
  let open: { segment: Segment; events: SegmentEvents } | undefined;

  const end = (): number => manifest.read().segments.at(-1)?.to ?? 0;

  const load = (segment: Segment): SegmentEvents => {
    if (open?.segment === segment) return open.events;
    open = undefined; // before the next one is read: one segment in memory is enough
    const events = inOrder(segment.parts.map((part) => readLifted(readPartFile(folder, part))), segment.from, segment.to);
    open = { segment, events };
    return events;
  };

  const without = (segment: Segment, part: Part, subject: SubjectId): Part[] => {
    const columns = readLifted(readPartFile(folder, part));
    const code = columns.subjects.words.indexOf(subject) + FIRST_WORD;
    if (code < FIRST_WORD || !columns.subjects.codes.includes(code)) return [part];
    const read = eventReader(columns);
    const kept: Gathered[] = [];
    for (let row = 0; row < columns.count; row++) {
      if (columns.subjects.codes[row] !== code) kept.push({ event: read(row), repeat: columns.repeats[row] === 1 });
    }
    return kept.length === 0 ? [] : [writePartFile(folder, folderOf(segment.from), part.bucket, gatherColumns(kept))];
  };

  return {
    end,
    epoch: () => manifest.read().epoch,
    segments: () => manifest.read().segments,
    *read(from, to) {
      for (let at = from; at < Math.min(to, end()); ) {
        const segment = manifest.read().segments.find((it) => at < it.to)!;
        let events: SegmentEvents;
        try {
          events = load(segment);
        } catch (error) {
          // an erasure in another process replaced the file: the manifest names the new one
          if (error instanceof Fault && error.kind === 'missing' && !manifest.read().segments.includes(segment)) continue;
          throw error;
        }
        yield* events.read(at, to);
        at = segment.to;
      }
      if (to >= (open?.segment.to ?? Infinity)) open = undefined;
    },
    columns(segment, bucket, selection) {
      const part = segment.parts.find((it) => it.bucket === bucket);
      if (part === undefined || isWithout(part, selection?.types)) return undefined;
      return readLifted(readPartFile(folder, part), selection);
    },
    *deliveries() {
      const { segments } = manifest.read();
      const newest = segments.at(-1)?.received[1] ?? 0;
      for (const { parts, received } of segments) {
        if (received[1] < newest - 2 * REPEAT_HORIZON) continue;
        for (const part of parts) {
          const { origin, repeats, received: times, count } = readPart(readPartFile(folder, part), { fields: new Set() });
          for (let row = 0; row < count; row++) {
            const source = wordAt(origin!.sources, row)!;
            if (repeats[row] === 0) yield { source, id: origin!.ids[row]!, received: times[row]! };
          }
        }
      }
    },
    add(events, to) {
      makeFolder(folder);
      const current = manifest.read();
      removeStrays(folder, current);
      const from = end();
      const parts = byBucket(events).map(([bucket, rows]) => writePartFile(folder, folderOf(from), bucket, gatherColumns(rows)));
      if (parts.length > 0) syncFolder(join(folder, folderOf(from)));
      const times = events.map(({ event }) => event.received);
      const received = [times.reduce((a, b) => Math.min(a, b), times[0] ?? 0), times.reduce((a, b) => Math.max(a, b), times[0] ?? 0)] as const;
      manifest.write({ ...current, segments: [...current.segments, { from, to, received, parts }] });
      syncFolder(folder);
    },
    begin(subject) {
      if (end() > 0) writeFileAtomic(note, subject);
    },
    erase(subject, epoch) {
      const current = manifest.read();
      if (current.segments.length === 0) return 0;
      const bucket = bucketOf(subject);
      const segments = current.segments.map((segment): Segment => {
        const parts = segment.parts.flatMap((part) => (part.bucket === bucket ? without(segment, part, subject) : [part]));
        return parts.length === segment.parts.length && parts.every((part, i) => part === segment.parts[i]) ? segment : { ...segment, parts };
      });
      const gone = rowsOf(current.segments) - rowsOf(segments);
      const next: Manifest = { ...current, segments, epoch: current.epoch + Number(gone > 0 && epoch === 'raise') };
      if (gone > 0) {
        for (const { from } of segments) if (existsSync(join(folder, folderOf(from)))) syncFolder(join(folder, folderOf(from)));
        manifest.write(next);
        syncFolder(folder);
      }
      open = undefined;
      removeStrays(folder, next);
      rmSync(note, { force: true });
      return gone;
    },
    interrupted: () => (existsSync(note) ? (readFileSync(note, 'utf8') as SubjectId) : undefined),
  };
}

/** Whether a part says that it has none of these types. */
const isWithout = ({ types }: Part, wanted: ReadonlySet<string> | undefined): boolean => wanted !== undefined && types?.some((type) => wanted.has(type)) === false;

const folderOf = (from: number): string => `from=${String(from).padStart(16, '0')}`;
const rowsOf = (segments: readonly Segment[]): number => segments.reduce((sum, { parts }) => parts.reduce((rows, part) => rows + part.rows, sum), 0);

function byBucket(events: readonly Gathered[]): [number, Gathered[]][] {
  const buckets = new Map<number, Gathered[]>();
  for (const gathered of events) {
    const bucket = bucketOf(gathered.event.subject);
    const rows = buckets.get(bucket);
    if (rows === undefined) buckets.set(bucket, [gathered]);
    else rows.push(gathered);
  }
  const order = ({ event: a }: Gathered, { event: b }: Gathered): number =>
    a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.offset - b.offset;
  return [...buckets].toSorted(([a], [b]) => a - b).map(([bucket, rows]) => [bucket, rows.toSorted(order)]);
}
