/** What the top of each rep's day holds of the conversions to come, by what the list is ordered by, in one simulated world. */
import { DAY, sigmoid } from '../../src/base/index.ts';
import { DEFAULT_POLICY, engine, type Assessment, type Policy } from '../../src/rank/index.ts';
import { assessed, booksAt, listsOf, pointsOf, RULES, type Book, type ListOf, type Row } from './books.ts';
import { learnedFrom, type LearnedOfShare } from './curve.ts';
import { bestOnObservables } from './estimate.ts';
import { openStage, parametersOf, workdays } from './stage.ts';

const START = Date.UTC(2026, 0, 5);
/** So many of a rep's day are looked at. */
export const TOP = 20;

export interface CaptureOptions {
  /** As `parametersOf` has it. */
  readonly world: string;
  readonly seed: number;
  readonly leadsPerDay: number;
  /** Days that are learned from. */
  readonly days: number;
  /** Shares of the leads of those days that models learn from, ascending; the lists are those of the last. */
  readonly shares: readonly number[];
  /** On how many days after them the lists are looked at. */
  readonly listDays: number;
  /** Of at most so many reps. */
  readonly reps: number;
  /** By how many courses of things a true chance is reckoned; then by as many again. */
  readonly courses: number;
  readonly onProgress?: (text: string) => void;
}

/** What is captured by an order, of all that is in the books. */
export interface Captured {
  /** Of the chances. */
  readonly expected: number;
  /** Of the conversions that happened. */
  readonly happened: number;
  /** Of the chances, each times the size of the deal. */
  readonly money: number;
}

export interface Capture {
  readonly world: string;
  readonly seed: number;
  readonly lists: number;
  /** In the books, each once a list. */
  readonly leads: number;
  readonly conversions: number;
  readonly orders: Readonly<Record<OrderName, Captured>>;
  /** The list without one of its parts. */
  readonly without: Readonly<Record<string, Captured>>;
  /** What the models alone capture, by what they learned from. */
  readonly curve: readonly Grown[];
  /** Of processor. */
  readonly seconds: number;
}

/** What a model of a share of the history captures alone. */
interface Grown extends Omit<LearnedOfShare, 'model'>, Captured {}

/** A book ordered by a number alone. */
export const ORDERS = ['points rules', 'most recent first', 'the model alone', 'best on what is observable', 'the hidden truth'] as const;
/** The list as a rep sees it for the goal of conversions, with all its bars and adjustments, by what is said of a lead; the last one for money. */
export const LISTS = ['list by points rules', 'list by the model', 'list by the best on what is observable', 'list for money'] as const;
export type OrderName = (typeof ORDERS | typeof LISTS)[number];

/** Of one book, and what each order and each lesser list puts on top; the best ones, which are learned from all books, come last. */
interface Looked {
  readonly book: Book;
  readonly list: ListOf;
  readonly said: readonly Assessment[];
  readonly orders: Readonly<Record<Exclude<OrderName, (typeof ORDERS)[3] | (typeof LISTS)[2]>, readonly string[]>>;
  readonly without: Readonly<Record<string, readonly string[]>>;
  /** By each of the models. */
  readonly byModel: readonly (readonly string[])[];
}

export async function captureIn({ world, seed, leadsPerDay, days, shares, listDays, reps: most, courses, onProgress = () => {} }: CaptureOptions): Promise<Capture> {
  const began = process.cpuUsage();
  const cut = START + days * DAY;
  const reps = Math.max(2, Math.round(leadsPerDay / 4)); // a book has some 120 open leads
  const stage = openStage({ seed, start: START, leadsPerDay, reps, params: parametersOf(world) });
  const earlier: Book[] = [];
  for (const now of workdays(START + 0.3 * days * DAY, 12, Math.max(1, Math.round(days / 18)))) {
    if (now >= cut) break;
    await stage.tellUntil(now);
    earlier.push(...booksAt(stage, now, { courses, most }));
  }
  await stage.tellUntil(cut);
  onProgress('told up to the training');
  const learned = await learnedFrom(stage, cut, { shares, rules: RULES });
  onProgress('trained');
  const looked: Looked[] = [];
  for (const now of workdays(cut + DAY, listDays, 4)) {
    await stage.tellUntil(now);
    for (const book of booksAt(stage, now, { courses, most })) {
      if (book.rows.length > TOP) looked.push(lookAt(book, learned.map(({ model }) => assessed(book, model)), listsOf(stage, book)));
    }
  }
  onProgress('listed');
  const best = bestIn([...earlier, ...looked.map(({ book }) => book)]);
  const { user, system } = process.cpuUsage(began);
  return {
    world,
    seed,
    lists: looked.length,
    leads: looked.reduce((sum, { book: { rows } }) => sum + rows.length, 0),
    ...judged(looked, best, learned),
    seconds: (user + system) / 1e6,
  };
}

const WHOLE = engine.parsePolicy(DEFAULT_POLICY);
const FOR_CONVERSIONS = { ...DEFAULT_POLICY, goal: 'conversions' } as const;
const BY_CHANCE = engine.parsePolicy(FOR_CONVERSIONS);
const LESS = DEFAULT_POLICY.adjustments.map(({ name }) => [name, lessOf(name)] as const);

function lessOf(part: string): Policy {
  return engine.parsePolicy({ ...FOR_CONVERSIONS, adjustments: DEFAULT_POLICY.adjustments.filter(({ name }) => name !== part) });
}

function lookAt(book: Book, models: readonly (readonly Assessment[])[], list: ListOf): Looked {
  const said = models.at(-1)!;
  const byModel = models.map((of) => {
    const rawOf = new Map(book.rows.map((row, at) => [row, of[at]!.raw!]));
    return topOf(book, (row) => rawOf.get(row)!);
  });
  return {
    book,
    list,
    said,
    byModel,
    orders: {
      'points rules': topOf(book, pointsOf),
      'most recent first': topOf(book, ({ record }) => record.lastEvent),
      'the model alone': byModel.at(-1)!,
      'list by points rules': list(assessed(book, null), BY_CHANCE, TOP),
      'list by the model': list(said, BY_CHANCE, TOP),
      'list for money': list(said, WHOLE, TOP),
      'the hidden truth': topOf(book, ({ truth }) => truth.chance),
    },
    without: Object.fromEntries(LESS.map(([name, policy]) => [name, list(said, policy, TOP)])),
  };
}

/** The first of a book by a score; of equal ones any, the same each time. */
export function topOf({ rows }: Book, score: (row: Row) => number): string[] {
  return rows
    .map((row) => ({ subject: row.subject, value: score(row) }))
    .toSorted((a, b) => b.value - a.value || (a.subject < b.subject ? -1 : 1))
    .slice(0, TOP)
    .map(({ subject }) => subject);
}

/** The best score on what is observable of each row of some books. */
export function bestIn(books: readonly Book[]): ReadonlyMap<Row, number> {
  const rows = books.flatMap((book) => book.rows);
  const best = bestOnObservables(rows.map(({ subject, vector, truth }) => ({ subject, vector, chance: (truth.chance + truth.again) / 2 })));
  return new Map(rows.map((row, at) => [row, best[at]!]));
}

function judged(looked: readonly Looked[], best: ReadonlyMap<Row, number>, learned: readonly LearnedOfShare[]): Pick<Capture, 'conversions' | 'orders' | 'without' | 'curve'> {
  const expected = ({ truth }: Row): number => (truth.chance + truth.again) / 2;
  const again = ({ truth }: Row): number => truth.again; // it judges what was chosen by `chance`
  const happened = ({ truth }: Row): number => Number(truth.converts);
  const shareOf = (lists: readonly (readonly string[])[], worth: (row: Row) => number): number => {
    const [got, all] = [0, 1].map((whole) => looked.reduce((sum, { book: { rows } }, at) => {
      const top = new Set(lists[at]);
      return sum + rows.filter(({ subject }) => whole === 1 || top.has(subject)).reduce((part, row) => part + worth(row), 0);
    }, 0));
    return got! / all!;
  };
  const bestOf = (row: Row): number => best.get(row)!;
  const chosen = (name: OrderName): (readonly string[])[] => looked.map(({ book, list, said, orders }) => {
    if (name === 'best on what is observable') return topOf(book, bestOf);
    if (name !== 'list by the best on what is observable') return orders[name];
    return list(book.rows.map((row, at) => ({ ...said[at]!, raw: bestOf(row), probability: sigmoid(bestOf(row)) })), BY_CHANCE, TOP);
  });
  const captured = (lists: readonly (readonly string[])[], worth = expected): Captured => ({ expected: shareOf(lists, worth), happened: shareOf(lists, happened), money: shareOf(lists, (row) => worth(row) * row.truth.size) });
  return {
    conversions: looked.flatMap(({ book }) => book.rows).filter(({ truth }) => truth.converts).length,
    orders: Object.fromEntries([...ORDERS, ...LISTS].map((name) => [name, captured(chosen(name), name === 'the hidden truth' ? again : expected)])) as Record<OrderName, Captured>,
    without: Object.fromEntries(LESS.map(([name]) => [name, captured(looked.map(({ without }) => without[name]!))])),
    curve: learned.map(({ model: _model, ...size }, at) => ({ ...size, ...captured(looked.map(({ byModel }) => byModel[at]!)) })),
  };
}
