import type { EventColumns, FieldColumn, TextColumn } from './columns.ts';
import { gatherColumns } from './gather.ts';
import { openPart, readFields, readIds, readLongs, readTexts, readWholes, type OpenPart } from './part-columns.ts';

export interface PartSelection {
  /** Which field columns are read; all where it is not said. */
  readonly fields?: ReadonlySet<string> | undefined;
  /** Whether source and id are read. */
  readonly origin?: 'with' | 'without';
  /** A part without any of these types reads as empty; all types of one that has them are read. */
  readonly types?: ReadonlySet<string>;
}

/** The rows of a part, in its order; a column is decoded when it is first asked for. Throws a Fault: `corrupt`, or `newer` for a later release's. */
export function readPart(file: Uint8Array, { fields, origin = 'with', types }: PartSelection = {}): EventColumns {
  const part = openPart(file);
  const columns = new PartColumns(part, origin, fields);
  return types === undefined || columns.types.words.some((type) => types.has(type)) ? columns : gatherColumns([]);
}

class PartColumns implements EventColumns {
  readonly count: number;
  readonly #part: OpenPart;
  readonly #origin: 'with' | 'without';
  readonly #selected: ReadonlySet<string> | undefined;
  readonly #held: { -readonly [name in keyof EventColumns]?: EventColumns[name] } = {};

  constructor(part: OpenPart, origin: 'with' | 'without', selected: ReadonlySet<string> | undefined) {
    this.count = part.rows;
    this.#part = part;
    this.#origin = origin;
    this.#selected = selected;
  }

  get offsets(): Float64Array { return (this.#held.offsets ??= readLongs(this.#part, 'offset')); }
  get times(): Float64Array { return (this.#held.times ??= readLongs(this.#part, 'time')); }
  get received(): Float64Array { return (this.#held.received ??= readLongs(this.#part, 'received')); }
  get knownAt(): Float64Array { return (this.#held.knownAt ??= readLongs(this.#part, 'known_at')); }
  get subjects(): TextColumn { return (this.#held.subjects ??= readTexts(this.#part, 'subject', 'required')); }
  get types(): TextColumn { return (this.#held.types ??= readTexts(this.#part, 'type', 'required')); }
  get versions(): Uint8Array { return (this.#held.versions ??= new Uint8Array(readWholes(this.#part, 'version'))); }
  get ties(): Uint32Array { return (this.#held.ties ??= readWholes(this.#part, 'tie')); }
  get repeats(): Uint8Array { return (this.#held.repeats ??= new Uint8Array(readWholes(this.#part, 'repeat'))); }
  get fields(): ReadonlyMap<string, FieldColumn> { return (this.#held.fields ??= readFields(this.#part, this.#selected)); }
  get origin(): EventColumns['origin'] {
    return this.#origin === 'without' ? undefined : (this.#held.origin ??= { sources: readTexts(this.#part, 'source', 'required'), ids: readIds(this.#part) });
  }
}
