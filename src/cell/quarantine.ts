import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, makeFolder, randomId, type Clock } from '../base/index.ts';
import { isRejection, type Event, type Gate, type Rejection, type Sender, type SubjectKind } from '../events/index.ts';
import { lengthsOf } from './salesforce-id.ts';
import { appendRecord, readRecords, wipeRecords } from './segment.ts';

/** What was refused at the gate, without the event itself. */
export interface QuarantineEntry {
  readonly id: string;
  /** ms */
  readonly received: number;
  readonly code: Rejection['code'];
  readonly message: string;
  readonly sender: Sender;
}

/** Refused events: encrypted, in the region, erasable, expiring, replayable after a fix. One file a day (UTC). */
export interface Quarantine {
  /** Keeps a refused event; returns its id, or undefined where it is too large, of somebody who was erased, or the quarantine is full. */
  hold(raw: unknown, rejection: Rejection, sender: Sender): string | undefined;
  list(): QuarantineEntry[];
  /**
   * Shows every event to the gate again. What passes is given to `append` and leaves the quarantine once that
   * resolves; a crash in between repeats it, with the same event id.
   */
  replay(gate: Gate, append: (events: Event[]) => Promise<unknown>): Promise<{ passed: number; refused: number }>;
  /** Wipes every event that names this id of the outside world, in whatever place and length. Returns how many. */
  erase(kind: SubjectKind, externalId: string): number;
  /** Removes the days that have expired. Returns how many. */
  expire(): number;
}

export interface QuarantineOptions {
  readonly dir: string;
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** Days that an event is kept. */
  readonly days?: number;
  /** Largest event, in bytes of JSON. */
  readonly maxEvent?: number;
  /** Largest sum of all files, in bytes. */
  readonly maxTotal?: number;
}

interface Held extends QuarantineEntry {
  readonly raw: unknown;
}

interface HeldAt {
  readonly path: string;
  readonly at: number;
  readonly held: Held;
}

const NAME = /^(\d{4}-\d\d-\d\d)\.held$/u;

export function openQuarantine({
  dir,
  key,
  clock,
  days = 30,
  maxEvent = 64 * 1024,
  maxTotal = 256 * 1024 * 1024,
}: QuarantineOptions): Quarantine {
  makeFolder(dir, { mode: 0o700 });

  let tail = { path: '', end: 0 };

  const files = (): string[] =>
    readdirSync(dir)
      .filter((name) => NAME.test(name))
      .toSorted();
  const today = (): string => new Date(clock()).toISOString().slice(0, 10);

  const all = (): HeldAt[] =>
    files().flatMap((name) => {
      const path = join(dir, name);
      return readRecords(path, key).flatMap(({ at, plain }) =>
        plain === undefined ? [] : [{ path, at, held: JSON.parse(plain.toString('utf8')) as Held }],
      );
    });

  const wipe = (found: readonly HeldAt[]): void => {
    for (const [path, records] of Map.groupBy(found, (record) => record.path)) {
      wipeRecords(
        path,
        records.map((record) => record.at),
      );
    }
  };

  const expire = (): number => {
    const oldest = new Date(clock() - days * DAY).toISOString().slice(0, 10);
    const expired = files().filter((name) => name.slice(0, 10) < oldest);
    for (const name of expired) rmSync(join(dir, name), { force: true });
    return expired.length;
  };

  return {
    hold(raw, { code, message }, { scopes, source }) {
      if (code === 'suppressed') return undefined;
      const sender = source === undefined ? { scopes } : { scopes, source };
      const held: Held = { id: randomId('q_'), received: clock(), code, message, sender, raw };
      const plain = Buffer.from(JSON.stringify(held));
      if (plain.length > maxEvent) return undefined;
      const used = files().reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
      if (used + plain.length > maxTotal) return undefined;
      const path = join(dir, `${today()}.held`);
      tail = { path, end: appendRecord(path, key, plain, tail.path === path ? tail.end : undefined) };
      return held.id;
    },
    list: () => all().map(({ held: { raw: _raw, ...entry } }) => entry),
    async replay(gate, append) {
      const records = all();
      const released = records.flatMap((record) => {
        const event = gate.parse(record.held.raw, record.held.sender);
        return isRejection(event) ? [] : [{ record, event }];
      });
      if (released.length > 0) await append(released.map(({ event }) => event));
      wipe(released.map(({ record }) => record));
      return { passed: released.length, refused: records.length - released.length };
    },
    erase(_kind, externalId) {
      const ids = lengthsOf(externalId);
      const found = all().filter(({ held }) => ids.some((id) => mentions(held.raw, id)));
      wipe(found);
      return found.length;
    },
    expire,
  };
}

/** True where any value or key is the id, or holds it when it is too long to occur by chance. */
function mentions(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value === id || (id.length >= 12 && value.includes(id));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => mentions(name, id) || mentions(inner, id));
}
