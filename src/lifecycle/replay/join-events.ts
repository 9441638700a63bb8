import { ABSENT, FIRST_WORD, type EventColumns, type FieldColumn, type TextColumn } from '../../log/index.ts';

/** Events behind one another, each word once; of source and id nothing is kept. */
export function joinEvents(batches: readonly EventColumns[]): EventColumns {
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const joined = <T extends Float64Array | Uint32Array | Uint8Array>(of: (batch: EventColumns) => T | undefined, into: T): T => {
    let at = 0;
    for (const batch of batches) {
      const values = of(batch);
      if (values !== undefined) into.set(values, at);
      at += batch.count;
    }
    return into;
  };
  const texts = (of: (batch: EventColumns) => TextColumn | undefined): TextColumn => {
    const known = new Map<string, number>();
    const codes = joined((batch) => {
      const column = of(batch);
      if (column === undefined) return undefined;
      const codeOf = column.words.map((word) => {
        if (!known.has(word)) known.set(word, known.size + FIRST_WORD);
        return known.get(word)!;
      });
      return column.codes.map((code) => (code < FIRST_WORD ? code : codeOf[code - FIRST_WORD]!));
    }, new Uint32Array(count).fill(ABSENT));
    return { kind: 'text', codes, words: [...known.keys()] };
  };
  const kinds = new Map(batches.flatMap(({ fields }) => [...fields].map(([name, { kind }]) => [name, kind] as const)));
  const field = (name: string, kind: FieldColumn['kind']): FieldColumn => {
    if (kind === 'text') return texts(({ fields }) => fields.get(name) as TextColumn | undefined);
    const values = joined((batch) => (batch.fields.get(name) as Exclude<FieldColumn, TextColumn> | undefined)?.values, new Float64Array(count).fill(NaN));
    return { kind, values };
  };
  return {
    count,
    offsets: joined((batch) => batch.offsets, new Float64Array(count)),
    times: joined((batch) => batch.times, new Float64Array(count)),
    received: joined((batch) => batch.received, new Float64Array(count)),
    knownAt: joined((batch) => batch.knownAt, new Float64Array(count)),
    versions: joined((batch) => batch.versions, new Uint8Array(count)),
    ties: joined((batch) => batch.ties, new Uint32Array(count)),
    repeats: joined((batch) => batch.repeats, new Uint8Array(count)),
    subjects: texts((batch) => batch.subjects),
    types: texts((batch) => batch.types),
    fields: new Map([...kinds].map(([name, kind]) => [name, field(name, kind)])),
    origin: undefined,
  };
}
