import type { Assembler } from './assemble.ts';
import { encodeSamples, type EncodedSamples } from './encode.ts';
import type { SampleTable, Slice } from './sample-table.ts';
import type { Job } from './job.ts';
import { unpack } from './pack.ts';
import type { Scratch } from './scratch.ts';

/** Puts the samples of one slice of time together, of all senders. */
export function putTogether({ ranges, as }: Job & { kind: 'slice' }, assemble: Assembler, scratch: Scratch): SampleTable | EncodedSamples {
  const table = assemble(ranges.map(([from, to], sender) => unpack<Slice>(scratch.read(`slices-${sender}`, from, to))));
  return as === 'table' ? table : encodeSamples(table);
}
