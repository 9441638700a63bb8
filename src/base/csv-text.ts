import { Fault } from './errors.ts';

/**
 * The chunks of a stream, checked to be UTF-8 text as they pass. Throws a Fault for NUL bytes, UTF-16 and other
 * encodings.
 */
export async function* textChunks(path: string, stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = true;
  for await (const chunk of stream) {
    if (start && isUtf16(chunk)) throw notText(path, 'is UTF-16 text, not UTF-8', 'save it as UTF-8');
    start = false;
    if (chunk.includes(0))
      throw notText(
        path,
        'is not a text file (it holds NUL bytes)',
        'give a CSV file; export a spreadsheet as CSV first',
      );
    decodeOrFault(path, () => decoder.decode(chunk, { stream: true }));
    yield chunk;
  }
  decodeOrFault(path, () => decoder.decode());
}

function isUtf16(chunk: Buffer): boolean {
  return (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);
}

function decodeOrFault(path: string, decode: () => string): void {
  try {
    decode();
  } catch {
    throw notText(path, 'is not UTF-8 text', 'save it as UTF-8 (from Windows: iconv -f WINDOWS-1252 -t UTF-8)');
  }
}

function notText(path: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value: path, rule, remedy });
}
