import type { Assembler } from './assemble.ts';
import { encodeSamples, type EncodedSamples } from './encode.ts';
import type { SampleTable, Slice } from './sample-table.ts';
import type { Job, JobContext } from './job.ts';
import { unpack } from './pack.ts';
import { readShelf } from './shelf.ts';
import type { Means } from './means.ts';
import { FRESH } from './workspace.ts';

/** Puts the samples of one slice of time together, of all senders. */
export function putTogether({ slice, as }: Job & { kind: 'slice' }, { senders }: JobContext, { assemble, scratch, workspace }: Pick<Means, 'scratch' | 'workspace'> & { assemble: Assembler }): SampleTable | EncodedSamples {
  const slices = Array.from({ length: senders }, (_, sender) => unpack<Slice>(readShelf(scratch, `slices-${sender}`, slice, workspace)));
  return as === 'table' ? assemble(slices, FRESH) : encodeSamples(assemble(slices, workspace));
}
