import type { Assembler } from './assemble.ts';
import { encodeSamples, type EncodedSamples } from './encode.ts';
import type { SampleTable, Slice } from './sample-table.ts';
import type { Job, JobContext } from './job.ts';
import { unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';
import { readShelf } from './shelf.ts';

/** Puts the samples of one slice of time together, of all senders. */
export function putTogether({ slice, as }: Job & { kind: 'slice' }, { senders }: JobContext, { assemble, scratch }: { assemble: Assembler; scratch: Scratch }): SampleTable | EncodedSamples {
  const table = assemble(Array.from({ length: senders }, (_, sender) => unpack<Slice>(readShelf(scratch, `slices-${sender}`, slice))));
  return as === 'table' ? table : encodeSamples(table);
}
