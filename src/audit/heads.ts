import type { JournalHead } from './marks.ts';
import { hex } from './record.ts';
import { endOf, listSegments, openSegment, SEGMENT_HEADER, type SegmentName } from './segment.ts';

/** The end of a server's journal, whose last segment goes on to a byte and a chain; null where it holds no record yet. */
export function headAt({ server, number }: Omit<SegmentName, 'file'>, bytes: number, chain: Uint8Array): JournalHead | null {
  return number === 1 && bytes === SEGMENT_HEADER ? null : { server, segment: number, bytes, chain: hex(chain) };
}

/** How far the journals of a folder go, each up to its last whole record. */
export function headsIn(dir: string): JournalHead[] {
  const last = new Map(listSegments(dir).map((segment) => [segment.server, segment]));
  return [...last.values()].flatMap((segment) => {
    const reader = openSegment(dir, segment.file);
    try {
      const header = reader.header();
      if (header === null) return [];
      let { chain } = header;
      let bytes = SEGMENT_HEADER;
      for (const record of reader.records()) [chain, bytes] = [record.head.chain, endOf(record)];
      return headAt(segment, bytes, chain) ?? [];
    } finally {
      reader.close();
    }
  });
}
