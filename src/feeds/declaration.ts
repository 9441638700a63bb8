import { between, inputFault, listOf, named, oneWord, optional, quote, readYamlAs, shape, text, type Form } from '../base/index.ts';
import { rawBucket, readBucket, type BucketPlace, type RawBucket } from './bucket-place.ts';
import { dayOf, WEEKDAYS, type Weekday } from './day.ts';
import { fileDay } from './file-day.ts';

/** What is agreed about the files of one feed. Days since 1970, UTC. */
export interface Feed {
  readonly name: string;
  /** The object of the mapping that its rows are. */
  readonly object: string;
  /** The name of a day's file, with `{day}` and wildcards. */
  readonly file: string;
  /** Hours from the end of a day to when its file is due. */
  readonly dueHours: number;
  /** The days that have a file. */
  readonly weekdays: readonly Weekday[];
  /** The first day that is expected; null: the day before the feed was first looked for. */
  readonly since: number | null;
  /** Days that never come, and need no alarm. */
  readonly skip: readonly number[];
}

/** What a `feeds.yaml` says. */
export interface Feeds {
  /** The path of the mapping file, from the folder of `feeds.yaml`. */
  readonly mapping: string;
  /** Where the files are; null: in the folder of `feeds.yaml`. */
  readonly bucket: BucketPlace | null;
  readonly feeds: readonly Feed[];
}

interface RawFeed {
  object: string;
  file: string;
  due_hours?: number | undefined;
  weekdays?: readonly Weekday[] | undefined;
  since?: number | undefined;
  skip?: readonly number[] | undefined;
}

const DUE_HOURS = 12;
const NAME = /^[a-z][a-z0-9_-]{0,39}$/u;

const day: Form<number> = (value, path) => {
  const found = typeof value === 'string' ? dayOf(value) : undefined;
  if (found !== undefined) return found;
  throw inputFault(`${path}: ${quote(value)}`, 'is no day', 'write it like 2026-03-01');
};
const fileName: Form<string> = (value, path) => {
  const name = text(value, path);
  if (name.split('{day}').length !== 2) throw inputFault(`${path}: ${quote(name)}`, 'does not say once where the day stands', 'write it like erp-{day}.csv');
  if (/[/\\]/u.test(name)) throw inputFault(`${path}: ${quote(name)}`, 'names another folder', 'files are picked up in the folder of feeds.yaml only');
  if (fileDay(name, name.replaceAll('*', '').replace('{day}', '2026-03-01')) === undefined) throw inputFault(`${path}: ${quote(name)}`, 'names no data file', 'choose a name that neither begins with a dot nor ends in .done');
  return name;
};
const feed = shape<RawFeed>({
  object: text,
  file: fileName,
  due_hours: optional(between(0, 240)),
  weekdays: optional(listOf(oneWord(WEEKDAYS))),
  since: optional(day),
  skip: optional(listOf(day)),
});
const file = shape<{ mapping: string; bucket?: RawBucket | undefined; feeds: Readonly<Record<string, RawFeed>> }>({ mapping: text, bucket: optional(rawBucket), feeds: named(feed) });

/** The feeds that a YAML file declares. Throws a Fault that names the place, the rule and the remedy. */
export const loadFeeds = (path: string): Feeds => readYamlAs(path, readFeeds);

/** Checks what a `feeds.yaml` holds. */
export function readFeeds(value: unknown): Feeds {
  const { mapping, bucket, feeds } = file(value, '');
  const names = Object.keys(feeds);
  if (names.length === 0) throw inputFault('feeds: nothing', 'declares no feed', 'add one, such as erp');
  return Object.freeze({ mapping, bucket: bucket === undefined ? null : readBucket(bucket), feeds: Object.freeze(names.map((name) => declared(name, feeds[name]!))) });
}

function declared(name: string, { object, file: pattern, due_hours: dueHours, weekdays, since, skip }: RawFeed): Feed {
  if (!NAME.test(name)) throw inputFault(`feeds: ${quote(name)}`, 'is not 1 to 40 lower-case letters, digits, - or _', 'rename the feed');
  if (weekdays?.length === 0) throw inputFault(`feeds.${name}.weekdays: nothing`, 'has a file on no day', 'name the days, or leave it out for all');
  return Object.freeze({
    name,
    object,
    file: pattern,
    dueHours: dueHours ?? DUE_HOURS,
    weekdays: weekdays ?? WEEKDAYS,
    since: since ?? null,
    skip: skip ?? [],
  });
}
