import { codeHash } from '../../base/index.ts';

/** Names the code that replays: parts of a replay that two codes made are not put together. */
export const replayCode = (): string => codeHash(['base', 'events', 'log', 'features', 'lifecycle/replay']);
