import { listSegments, endOf, openSegment, SEGMENT_HEADER } from './segment.ts';
import type { JournalHead } from './marks.ts';

/** How far the journals of a folder go, each up to its last whole record. */
export function headsIn(dir: string): JournalHead[] {
  const last = new Map(listSegments(dir).map((segment) => [segment.server, segment]));
  return [...last.values()].flatMap(({ file, server, number }) => {
    const reader = openSegment(dir, file);
    try {
      const header = reader.header();
      if (header === null) return [];
      let { chain } = header;
      let bytes = SEGMENT_HEADER;
      for (const record of reader.records()) [chain, bytes] = [record.head.chain, endOf(record)];
      return number === 1 && bytes === SEGMENT_HEADER ? [] : [{ server, segment: number, bytes, chain: Buffer.from(chain).toString('hex') }];
    } finally {
      reader.close();
    }
  });
}
