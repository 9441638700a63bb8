import { Command } from 'commander';
import { createCsvWriter, DAY, Fault, quote, systemClock } from '../base/index.ts';
import { createGate, isRejection, memoryIdentities } from '../events/index.ts';
import { LEAD_FEATURES } from '../features/index.ts';
import { sampleLog } from '../lifecycle/index.ts';
import { memoryLog } from '../log/index.ts';
import { loadWorld, worldNames, type WorldParams } from '../sandbox/index.ts';
import type { Column, Value } from '../trees/index.ts';
import { newSimulation, seedOf, sizeOf, tell, type Simulation } from './simulation.ts';
import { step } from './progress.ts';

interface Flags {
  seed: string;
  leads?: string;
  age: string;
  world?: string;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .summary('write the leads of a simulated org as a CSV file, for trying `fit`')
    .description('Writes one row a lead: what was known of it at a certain age, and whether it converted within the 30 days after.')
    .argument('<out>', 'the CSV file to write')
    .option('--seed <n>', 'seed of the simulated org', '1')
    .option('--leads <n>', 'about how many leads come in in six months (default: 5500)')
    .option('--age <days>', 'how old each lead is when it is looked at, days', '3')
    .option('--world <name|file>', `what the world is like: ${worldNames().join(', ')}, or a parameter file`)
    .addHelpText('after', '\nExample:\n  bin/leadrank simulate leads.csv\n  bin/leadrank fit leads.csv --label converted --id lead --time created --out model/')
    .action(async (out: string, { seed, leads, age, world }: Flags) => {
      const size = { seed: seedOf(seed), ...sizeOf(leads) };
      const days = Number(age);
      if (!(days > 0 && days <= 90)) {
        throw new Fault({ kind: 'input', value: `--age ${quote(age)}`, rule: 'must be a number of days above 0 and at most 90', remedy: 'give another' });
      }
      createCsvWriter(out).discard(); // a path that cannot be written is told before the work
      const params = world === undefined ? undefined : loadWorld(world);
      const rows = await step('Simulating six months of a sales team', () =>
        writeLeads(out, { ...size, age: days, ...(params && { params }) }),
      );
      process.stderr.write(`${rows.toLocaleString('en')} leads in ${out}\n`);
    });
}

interface Look extends Pick<Simulation, 'seed' | 'leadsPerDay' | 'reps'> {
  /** Days. */
  age: number;
  params?: WorldParams;
}

async function writeLeads(path: string, { seed, age, ...world }: Look): Promise<number> {
  const now = Math.floor(systemClock() / DAY) * DAY;
  const clock = (): number => now;
  const identities = memoryIdentities();
  const log = memoryLog({ clock });
  const gate = createGate({ identities, clock });
  const events = [];
  for (const { raw, sender } of tell({ ...newSimulation(seed, 'us', now), ...world }, now)) {
    const event = gate.parse(raw, sender);
    if (!isRejection(event)) events.push(event);
  }
  await log.append(events, { knownAt: ({ time }) => time });
  const { data, labels, times, subjects } = await sampleLog({ log, features: LEAD_FEATURES, plan: { until: now, ages: [age * DAY], moments: 'at ages' } });

  const csv = createCsvWriter(path);
  csv.write(['lead', 'created', ...data.columns.map(({ name }) => name), 'converted']);
  for (let row = 0; row < data.rows; row++) {
    const created = new Date(times[row]! - age * DAY).toISOString();
    const values = data.columns.map((column) => valueAt(column, row));
    csv.write([identities.externalOf(subjects[row]!) ?? '', created, ...values, labels[row] === 1 ? 'yes' : 'no']);
  }
  csv.close();
  return data.rows;
}

function valueAt(column: Column, row: number): Value {
  if (column.kind === 'numeric') return Number.isNaN(column.values[row]) ? null : column.values[row]!;
  return column.levels[column.codes[row]!] ?? null;
}
