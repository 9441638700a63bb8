export { openLmdbLog, type LmdbLogOptions } from './lmdb/log.ts';
export type { AppendStamp, Log } from './log.ts';
export { memoryLog } from './memory/log.ts';
