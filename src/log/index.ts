export type { AppendStamp, Log } from './log.ts';
