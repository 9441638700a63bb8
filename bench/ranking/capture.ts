/**
 * How many of the conversions of the next 30 days stand in the top 20 of each rep's day, by what the list is ordered by, and what each
 * adjustment of the list costs: `node bench/ranking/capture.ts [--worlds default,1,2,3,4] [--leads-a-day 60] [--days 150] [--shares 0.1,0.3,1] [--json]`;
 * `--shares` are those of the leads of history that models learn from: the books and the lists stay the same.
 */
import { parseArgs } from 'node:util';
import { captureIn, LISTS, ORDERS, type Capture, type Captured, type OrderName } from './captured.ts';
import { meanOf, tInterval } from './statistics.ts';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string', default: 'default,1,2,3,4' },
    'leads-a-day': { type: 'string', default: '60' },
    days: { type: 'string', default: '150' },
    shares: { type: 'string', default: '0.1,0.3,1' },
    json: { type: 'boolean', default: false },
  },
});

const shares = values.shares.split(',').map(Number);
const found: Capture[] = [];
for (const [at, world] of values.worlds.split(',').entries()) {
  const onProgress = (text: string): void => void process.stderr.write(`${world}: ${text}\n`);
  found.push(await captureIn({ world, seed: at + 1, leadsPerDay: Number(values['leads-a-day']), days: Number(values.days), shares, listDays: 10, reps: 15, courses: 16, onProgress }));
  onProgress(`${found.at(-1)!.seconds.toFixed(0)} s of processor`);
}
process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : told(found));

function told(outcomes: readonly Capture[]): string {
  const each = (of: (one: Capture) => string | number): string => outcomes.map(of).join(', ');
  const isList = (name: OrderName): boolean => (LISTS as readonly OrderName[]).includes(name);
  const floor = (name: OrderName, { orders }: Capture): number => orders[isList(name) ? 'list by points rules' : 'points rules'].expected;
  const lift = (name: OrderName, one: Capture): number => one.orders[name].expected - floor(name, one);
  const ofBest = (name: OrderName) => (one: Capture): number => lift(name, one) / lift(isList(name) ? 'list by the best on what is observable' : 'best on what is observable', one);
  return `${[
    `Worlds ${values.worlds}; ${values['leads-a-day']} leads a day; trained on ${values.days} days, judged on ${each(({ lists }) => lists)} lists after them, of books with ${each(({ leads, lists }) => Math.round(leads / lists))} open leads; ${each(({ conversions }) => conversions)} conversions in the books`,
    '',
    `| ordered by | captured: ${outcomes.map(({ world }) => world).join(', ')} | mean | of those that happened | of money | lift over rules, over the list by rules | of the best lift: ${outcomes.map(({ world }) => world).join(', ')} | mean |`,
    '|---|---|---|---|---|---|---|---|',
    ...[...ORDERS, ...LISTS].map((name) => `| ${[
      name,
      each(({ orders }) => percent(orders[name].expected)),
      within(outcomes.map(({ orders }) => orders[name].expected)),
      percent(meanOf(outcomes.map(({ orders }) => orders[name].happened))),
      within(outcomes.map(({ orders }) => orders[name].money)),
      within(outcomes.map((one) => lift(name, one) / floor(name, one))),
      each((one) => percent(ofBest(name)(one))),
      within(outcomes.map(ofBest(name))),
    ].join(' | ')} |`),
    '',
    '| the model alone, learned from | leads | samples, positive | trees | captured | of the best lift | mean | in later samples, top fifth: model − rules | processor |',
    '|---|---|---|---|---|---|---|---|---|',
    ...shares.map((part, at) => {
      const of = ({ curve }: Capture): Capture['curve'][number] => curve[at]!;
      const share = (one: Capture): number => (of(one).expected - floor('points rules', one)) / lift('best on what is observable', one);
      const gain = (one: Capture): string => (of(one).againstRules === null ? '' : percent(of(one).againstRules!.gain.value));
      return `| ${[
        percent(part),
        each((one) => of(one).leads),
        each((one) => `${of(one).samples} (${of(one).positives})`),
        each((one) => of(one).trees),
        each((one) => percent(of(one).expected)),
        each((one) => percent(share(one))),
        within(outcomes.map(share)),
        each(gain),
        `${meanOf(outcomes.map((one) => of(one).seconds)).toFixed(0)} s`,
      ].join(' | ')} |`;
    }),
    '',
    '| the list by the model, without | captures so much more | of those that happened | of money |',
    '|---|---|---|---|',
    ...Object.keys(outcomes[0]!.without).map((name) => {
      const gain = (key: keyof Captured): number[] => outcomes.map(({ without, orders }) => without[name]![key] / orders['list by the model'][key] - 1);
      return `| ${name} | ${within(gain('expected'))} | ${percent(meanOf(gain('happened')))} | ${percent(meanOf(gain('money')))} |`;
    }),
    '',
    `${Math.round(outcomes.reduce((sum, { seconds }) => sum + seconds, 0))} s of processor`,
  ].join('\n')}\n`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function within(numbers: readonly number[]): string {
  if (numbers.length === 1) return percent(numbers[0]!);
  const { value, low, high } = tInterval(numbers);
  return `${percent(value)} (${percent(low)} to ${percent(high)})`;
}
