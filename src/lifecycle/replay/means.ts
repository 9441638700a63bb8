import type { Roots } from './roots.ts';
import type { Scratch } from './scratch.ts';
import type { Workspace } from './workspace.ts';

/** What a thread does its jobs with; the workspace is cleared before each. */
export interface Means {
  readonly scratch: Scratch;
  readonly roots: Roots;
  readonly workspace: Workspace;
}
