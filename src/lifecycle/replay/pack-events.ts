import type { EventColumns, FieldColumn } from '../../log/index.ts';
import { pack, unpack, type Packable } from './pack.ts';

/** Some events as bytes, without source and id: the fixed columns, then each field as `<kind> codes`, `<kind> words` or `<kind> values`. */
export function packEvents({ offsets, times, received, knownAt, versions, ties, repeats, subjects, types, fields }: EventColumns): Uint8Array[] {
  const columns: Record<string, Packable> = { offsets, times, received, knownAt, versions, ties, repeats, subjectCodes: subjects.codes, subjects: subjects.words, typeCodes: types.codes, types: types.words };
  for (const [name, column] of fields) {
    if (column.kind === 'text') Object.assign(columns, { [`${name} codes`]: column.codes, [`${name} words`]: column.words });
    else columns[`${name} ${column.kind}`] = column.values;
  }
  return pack(columns);
}

type Fixed = Pick<EventColumns, 'offsets' | 'times' | 'received' | 'knownAt' | 'versions' | 'ties' | 'repeats'> & { subjectCodes: Uint32Array; subjects: string[]; typeCodes: Uint32Array; types: string[] };

export function unpackEvents(bytes: Uint8Array<ArrayBuffer>): EventColumns {
  const { offsets, times, received, knownAt, versions, ties, repeats, subjectCodes, subjects, typeCodes, types, ...rest } = unpack<Fixed>(bytes);
  const columns = rest as Readonly<Record<string, Float64Array | Uint32Array | string[]>>;
  const fields = new Map<string, FieldColumn>();
  for (const [key, values] of Object.entries(columns)) {
    const [name, what] = key.split(' ') as [string, string];
    if (what === 'codes') fields.set(name, { kind: 'text', codes: values as Uint32Array, words: columns[`${name} words`] as string[] });
    else if (what !== 'words') fields.set(name, { kind: what as 'number' | 'flag', values: values as Float64Array });
  }
  return {
    count: offsets.length, offsets, times, received, knownAt, versions, ties, repeats,
    subjects: { kind: 'text', codes: subjectCodes, words: subjects },
    types: { kind: 'text', codes: typeCodes, words: types },
    fields,
    origin: undefined,
  };
}
