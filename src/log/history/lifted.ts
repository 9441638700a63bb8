import { liftEvent, newestVersion } from '../../events/index.ts';
import { FIRST_WORD, type EventColumns } from './columns.ts';
import { gatherColumns } from './gather.ts';
import { readPart, type PartSelection } from './part-read.ts';
import { eventReader } from './scatter.ts';

/** The rows of a part in the newest version of their schemas: rows of an older one are lifted as the log lifts them. */
export function readLifted(file: Uint8Array, selection: PartSelection = {}): EventColumns {
  const columns = readPart(file, selection);
  if (isNewest(columns)) return columns;
  const whole = readPart(file);
  const event = eventReader(whole);
  return gatherColumns(Array.from({ length: whole.count }, (_, row) => ({ event: liftEvent(event(row)), repeat: whole.repeats[row] === 1 })));
}

function isNewest({ count, types, versions }: EventColumns): boolean {
  const newest = types.words.map((type) => newestVersion(type));
  for (let row = 0; row < count; row++) if (versions[row] !== newest[types.codes[row]! - FIRST_WORD]) return false;
  return true;
}
