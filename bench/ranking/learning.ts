/**
 * What makes a model learn more from the same history: what the top 20 of each rep's day captures, by ways to sample and to train, on worlds that
 * judge nothing: `node bench/ranking/learning.ts [WORLDS] [LEADS A DAY] [DAYS]`. Each is trained on all leads of the days, and on each third of them.
 */
import { DAY } from '../../src/base/index.ts';
import { openSource, planOf, sampleLog, trainOnSamples } from '../../src/lifecycle/index.ts';
import { assessed, booksAt, pointsOf, RULES, type Book, type Row } from './books.ts';
import { bestIn, TOP, topOf } from './captured.ts';
import { partOf } from './curve.ts';
import { FEATURES, modelOf, openStage, parametersOf, workdays } from './stage.ts';
import { meanOf } from './statistics.ts';

const START = Date.UTC(2026, 0, 5);
const COURSES = 16;
const inDays = (days: readonly number[]): number[] => days.map((day) => day * DAY);
const OFTEN = inDays([0.25, 1, ...Array.from({ length: 15 }, (_, n) => 3 * (n + 1)), 50, 60, 75, 90, 120, 150, 180, 270, 365]);
type Settings = Parameters<typeof trainOnSamples>[0]['settings'];
const WAYS: readonly { readonly name: string; readonly ages?: readonly number[]; readonly settings?: Settings }[] = [
  { name: 'as training does' },
  { name: 'samples every three days', ages: OFTEN },
  { name: 'depth 6', settings: { depth: 6 } },
  { name: 'depth 4', settings: { depth: 4 } },
  { name: 'depth 3', settings: { depth: 3 } },
  { name: 'depth 4, learning rate .04', settings: { depth: 4, learningRate: 0.04 } },
  { name: 'depth 4, leaf penalty 20', settings: { depth: 4, l2: 20 } },
];
const PARTS = [[0, 1], [0, 1 / 3], [1 / 3, 2 / 3], [2 / 3, 1]] as const;

const [worlds = '5,6', perDay = '60', days = '150'] = process.argv.slice(2);
process.stdout.write('| world | leads | way | samples | captured | of the best lift | log-loss |\n|---|---|---|---|---|---|---|\n');
for (const [at, world] of worlds.split(',').entries()) process.stdout.write(await told(world, at + 5));

async function told(world: string, seed: number): Promise<string> {
  const cut = START + Number(days) * DAY;
  const stage = openStage({ seed, start: START, leadsPerDay: Number(perDay), reps: Math.max(2, Math.round(Number(perDay) / 4)), params: parametersOf(world) });
  const booksOf = async (times: readonly number[]): Promise<Book[]> => {
    const books: Book[] = [];
    for (const now of times) {
      await stage.tellUntil(now);
      books.push(...booksAt(stage, now, { courses: COURSES, most: 15 }));
    }
    return books;
  };
  const earlier = await booksOf(workdays(START + 0.3 * Number(days) * DAY, 12, Math.max(1, Math.round(Number(days) / 18))).filter((now) => now < cut));
  await stage.tellUntil(cut);
  const source = await openSource(stage.log);
  const learned = [];
  for (const { name, ages, settings } of WAYS) {
    const plan = planOf({ target: 'lead', until: cut, ...(ages && { ages }) });
    const whole = await sampleLog({ log: stage.log, source, features: FEATURES.lead, plan });
    for (const [from, to] of PARTS) {
      const samples = partOf(whole, from, to);
      const { content } = trainOnSamples({ samples, source, features: FEATURES.lead, plan, rules: RULES, settings });
      learned.push({ name, isAll: to - from === 1, leads: new Set(samples.groups).size, rows: samples.data.rows, model: modelOf(content) });
    }
  }
  const judged = (await booksOf(workdays(cut + DAY, 10, 4))).filter(({ rows }) => rows.length > TOP);
  const bestOf = bestIn([...earlier, ...judged]);
  const [floor, most] = [capturedBy(judged, pointsOf), capturedBy(judged, (row) => bestOf.get(row)!)];
  const found = learned.map(({ model, ...of }) => {
    const said = new Map(judged.flatMap((book) => assessed(book, model).map((assessment, at) => [book.rows[at]!, assessment] as const)));
    const captured = capturedBy(judged, (row) => said.get(row)!.raw!);
    const loss = meanOf(Array.from(said, ([{ truth }, { probability }]) => surprise(chanceOf(truth), probability!)));
    return Object.assign(of, { captured, share: (captured - floor) / (most - floor), loss });
  });
  const lines = [true, false].flatMap((isAll) => WAYS.map(({ name }) => {
    const of = found.filter((one) => one.name === name && one.isAll === isAll);
    const mean = (key: 'rows' | 'captured' | 'loss'): number => meanOf(of.map((one) => one[key]));
    return `| ${world} | ${of.map(({ leads }) => leads).join(', ')} | ${name} | ${Math.round(mean('rows'))} | ${percent(mean('captured'))} | ${of.map(({ share }) => percent(share)).join(', ')} | ${mean('loss').toFixed(4)} |`;
  }));
  return `| ${world} | | points rules; best on what is observable | | ${percent(floor)}; ${percent(most)} | | |\n${lines.join('\n')}\n`;
}

function capturedBy(books: readonly Book[], score: (row: Row) => number): number {
  const sum = (rows: readonly Row[]): number => rows.reduce((total, { truth }) => total + chanceOf(truth), 0);
  const top = books.flatMap((book) => {
    const subjects = new Set<string>(topOf(book, score));
    return book.rows.filter(({ subject }) => subjects.has(subject));
  });
  return sum(top) / sum(books.flatMap(({ rows }) => rows));
}

function chanceOf({ chance, again }: Row['truth']): number {
  return (chance + again) / 2;
}

function surprise(truth: number, said: number): number {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, said));
  return -truth * Math.log(p) - (1 - truth) * Math.log(1 - p);
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
