import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { Fault, fileFault, within } from '../base/index.ts';
import { writeBundle, type BundleContent, type TableColumn } from '../bundle/index.ts';
import { readCatboost, type CatboostModel } from '../trees/index.ts';
import { processStreams, type Streams } from './streams.ts';

interface Flags {
  out: string;
  json?: true;
}

/** What fits into one string of Node. */
const LARGEST = 500_000_000;

const EXAMPLES = `
Examples:
  $ bin/leadrank import-model model.json --out model/     # model.save_model('model.json', format='json', pool=POOL)
  $ bin/leadrank predict model/ NEW.csv --out scored.csv --raw
`;

/** `import-model`: makes a bundle of a model that CatBoost saved as JSON; it predicts the same to the last bit. */
export function importModelCommand(streams: Streams = processStreams): Command {
  return new Command('import-model')
    .summary('make a bundle of a CatBoost model')
    .description(
      'Makes a bundle of a model that CatBoost saved as JSON. Its raw predictions are the same to the last bit; a ' +
        'probability is the sigmoid of raw, and the score from 0 to 100 stays blank: the file holds no data to rank among.',
    )
    .argument('<CATBOOST.json>', "what save_model(path, format='json') wrote; with categories, add pool=POOL")
    .requiredOption('--out <BUNDLE>', 'the folder to write; an older bundle there is replaced')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', EXAMPLES)
    .action((path: string, flags: Flags) => runImport(path, flags, streams));
}

function runImport(path: string, { out, json }: Flags, streams: Streams): void {
  const imported = within(path, () => readCatboost(readText(path)));
  const { id } = writeBundle(out, contentOf(imported));
  const { model, isNamed, loss, positive, hasCovers } = imported;
  const done = {
    bundle: id,
    out,
    trees: model.trees.length,
    inputs: model.features.length,
    byName: isNamed,
    loss,
    positive,
  };
  if (json) streams.out.write(`${JSON.stringify(done)}\n`);
  if (!hasCovers)
    streams.err.write('the file holds no leaf weights: explanations take both sides of a split for equally likely\n');
  if (json) return;
  const by = isNamed ? 'by name' : 'by position, as the file names none';
  const what = positive === null ? `a number${loss === null ? '' : ` (${loss})`}` : `the probability of ${positive}`;
  streams.err.write(
    `imported ${done.trees} trees over ${done.inputs} inputs, found ${by}; it predicts ${what}: wrote ${out}\n`,
  );
}

function readText(path: string): string {
  try {
    if (statSync(path).size > LARGEST) {
      const remedy = 'export a model of fewer trees';
      throw new Fault({ kind: 'too-large', value: path, rule: `a model of up to ${LARGEST / 1e6} MB is read`, remedy });
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw fileFault(path, cause);
  }
}

function contentOf({ model, inputs, isNamed, loss, positive }: CatboostModel): BundleContent {
  const columns = model.features.map(
    ({ name }, f): TableColumn =>
      inputs[f]!.kind === 'numeric' ? { kind: 'numeric', name, decimal: '.' } : { kind: 'categorical', name },
  );
  const levels = new Set(model.features.flatMap((feature) => (feature.kind === 'one-hot' ? feature.levels : [])));
  const missing = MISSING.filter((marker) => ![...levels].some((level) => level.toLowerCase() === marker));
  const positions = isNamed ? {} : { positions: inputs.map((input) => input.position) };
  return {
    spec: { kind: 'table', table: { columns, id: null, time: null, reference: null, missing, ...positions } },
    target: {
      name: loss ?? 'imported',
      positive: positive ?? '',
      entity: 'row',
      horizonDays: null,
      ...(positive === null && { kind: 'number' }),
    },
    model,
    calibration: null,
    percentiles: new Float64Array(),
    metrics: { imported: { from: 'CatBoost', loss } },
  };
}

/** What CatBoost reads as NaN, where it is no category of the model. */
const MISSING = ['', 'nan', '-nan', 'none', 'null', 'na', 'n/a', '#n/a', 'nil', '-'];
