import { createAssembler } from './assemble.ts';
import { encodeSamples, type EncodedSamples } from './encode.ts';
import type { SampleTable, Slice } from './sample-table.ts';
import type { Job, JobContext } from './job.ts';
import { unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';

/** Puts the samples of one slice of time together, of all senders. */
export function putTogether({ ranges, said, as }: Job & { kind: 'slice' }, { readings }: JobContext, scratch: Scratch): SampleTable | EncodedSamples {
  const slices = ranges.map(([from, to], sender) => unpack<Slice>(scratch.read(`slices-${sender}`, from, to)));
  const table = createAssembler(readings, said)(slices);
  return as === 'table' ? table : encodeSamples(table);
}
