export type { AppendStamp, Log } from './log.ts';
export { memoryLog } from './memory/log.ts';
