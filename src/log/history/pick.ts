import { FIRST_WORD, type EventColumns, type FieldColumn, type TextColumn } from './columns.ts';

/** These rows of some events, in the order given, without the words that they do not use; of source and id nothing is kept. */
export function pickRows(columns: EventColumns, rows: Int32Array): EventColumns {
  return {
    count: rows.length,
    offsets: pick(columns.offsets, rows, new Float64Array(rows.length)),
    times: pick(columns.times, rows, new Float64Array(rows.length)),
    received: pick(columns.received, rows, new Float64Array(rows.length)),
    knownAt: pick(columns.knownAt, rows, new Float64Array(rows.length)),
    subjects: pickTexts(columns.subjects, rows),
    types: pickTexts(columns.types, rows),
    versions: pick(columns.versions, rows, new Uint8Array(rows.length)),
    ties: pick(columns.ties, rows, new Uint32Array(rows.length)),
    repeats: pick(columns.repeats, rows, new Uint8Array(rows.length)),
    fields: new Map([...columns.fields].map(([name, column]): [string, FieldColumn] =>
      [name, column.kind === 'text' ? pickTexts(column, rows) : { kind: column.kind, values: pick(column.values, rows, new Float64Array(rows.length)) }])),
    origin: undefined,
  };
}

function pick<T extends Float64Array | Uint32Array | Uint8Array>(from: T, rows: Int32Array, into: T): T {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i]!]!;
  return into;
}

function pickTexts({ codes, words }: TextColumn, rows: Int32Array): TextColumn {
  const kept: string[] = [];
  const codeOf = new Uint32Array(words.length); // 0 is not kept yet
  const picked = pick(codes, rows, new Uint32Array(rows.length));
  for (let i = 0; i < picked.length; i++) {
    const word = picked[i]! - FIRST_WORD;
    if (word < 0) continue; // absent, or null
    if (codeOf[word] === 0) codeOf[word] = kept.push(words[word]!) - 1 + FIRST_WORD;
    picked[i] = codeOf[word]!;
  }
  return { kind: 'text', codes: picked, words: kept };
}
