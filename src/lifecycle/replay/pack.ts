/** Columns of numbers, and lists of names, as bytes. */
export type Packable = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | readonly string[];

const TYPES = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;
type TypeName = keyof typeof TYPES;

interface Entry {
  readonly name: string;
  readonly type: TypeName | 'names';
  readonly at: number;
  readonly bytes: number;
}

const PADDING = new Uint8Array(8);
const HEAD = 8;

/** The pieces of a file of columns: the length of the index (u32), the index as JSON, and the columns, each at a multiple of eight bytes. */
export function pack(columns: Readonly<Record<string, Packable>>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const entries: Entry[] = [];
  let at = 0;
  for (const [name, column] of Object.entries(columns)) {
    const isNames = Array.isArray(column);
    const bytes = isNames ? Buffer.from(JSON.stringify(column)) : bytesOf(column as Exclude<Packable, readonly string[]>);
    entries.push({ name, type: isNames ? 'names' : (column.constructor.name as TypeName), at, bytes: bytes.length });
    pieces.push(bytes, PADDING.subarray(0, padding(bytes.length)));
    at += bytes.length + padding(bytes.length);
  }
  const index = Buffer.from(JSON.stringify(entries));
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, index.length, true);
  return [head, index, PADDING.subarray(0, padding(index.length)), ...pieces];
}

/** The columns of packed bytes, over these very bytes, which begin at a multiple of eight in their buffer. */
export function unpack<T extends object>(bytes: Uint8Array<ArrayBuffer>): T {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const entries = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + HEAD, size).toString()) as Entry[];
  const begin = bytes.byteOffset + HEAD + size + padding(size);
  return Object.fromEntries(entries.map(({ name, type, at, bytes: length }) => {
    if (type === 'names') return [name, JSON.parse(Buffer.from(bytes.buffer, begin + at, length).toString())];
    const of = TYPES[type];
    return [name, new of(bytes.buffer, begin + at, length / of.BYTES_PER_ELEMENT)];
  })) as T;
}

const padding = (length: number): number => (8 - (length % 8)) % 8;
const bytesOf = ({ buffer, byteOffset, byteLength }: Exclude<Packable, readonly string[]>): Uint8Array => new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
