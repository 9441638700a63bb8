import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, random } from '../../base/index.ts';
import { idFixture, NOW, readerFixture, shelvedFixture, taskAt, warm, type Shelved } from './book.fixture.ts';
import { gather, type Gathering } from './gather.ts';
import { listOf } from './shelves.ts';
import { DEFAULT_CANDIDATES, SOURCE_NAMES, type CandidatesSpec } from './source.ts';

const ask = { user: 'us_a', now: NOW, seed: 7 };
const spec = DEFAULT_CANDIDATES;
const broughtBy = ({ gathered }: Gathering): Record<string, readonly string[]> => Object.fromEntries(gathered.map(({ subject, sources }) => [subject, sources]));

describe('candidates', () => {
  test('of a user without records are none', () => {
    expect(gather(readerFixture([]), ask, spec).gathered).toEqual([]);
  });

  test('know every source that brought them', () => {
    const records = [
      shelvedFixture('ld_a', { heat: warm(2), due: taskAt(NOW + HOUR) }),
      shelvedFixture('ld_b', { lastTouch: null, created: NOW - HOUR }),
      shelvedFixture('ld_c', { due: taskAt(NOW - 8 * DAY) }),
      shelvedFixture('ld_d', { heat: warm(0), stirring: true, lastTouch: NOW - 30 * DAY }),
      shelvedFixture('ld_e', { dismissed: true, dismissedAt: NOW - 20 * DAY, lastEvent: NOW - HOUR, heat: warm(1) }),
      shelvedFixture('ld_f', { dismissed: true, dismissedAt: NOW - 2 * DAY, lastEvent: NOW - HOUR, heat: warm(1) }),
      shelvedFixture('ld_g', { heat: warm(-9), due: taskAt(NOW + 3 * DAY) }),
      shelvedFixture('ld_h', { owner: null, territories: ['north', 'south'] }),
      shelvedFixture('ld_i', { owner: 'us_q' }),
      shelvedFixture('ld_j', { owner: null, territories: ['west'] }),
      shelvedFixture('ld_k', { owner: 'us_b' }),
    ];
    const users = { us_a: { territories: ['north', 'south'] }, us_q: { queue: true, territories: ['north'] }, us_b: { territories: ['north'] } };
    expect(broughtBy(gather(readerFixture(records, users), ask, { ...spec, quotas: { ...spec.quotas, exploration: 0 } }))).toEqual({
      ld_a: ['deadline', 'hot', 'owned'],
      ld_b: ['deadline', 'owned'],
      ld_c: ['owned'],
      ld_d: ['hot', 'another-look', 'owned'],
      ld_e: ['hot', 'another-look', 'owned'],
      ld_f: ['hot', 'owned'],
      ld_g: ['owned'],
      ld_h: ['territory'], // in two territories, once
      ld_i: ['territory'],
    });
  });

  test('of who left are with the manager, with the next where that one left too; a circle ends', () => {
    const records = ['b', 'c', 'd'].map((owner) => shelvedFixture(`ld_${owner}`, { owner: `us_${owner}` }));
    const users = { us_b: { manager: 'us_a', active: false }, us_c: { manager: 'us_b', active: false }, us_d: { manager: 'us_a' }, us_a: { manager: 'us_c', active: true } };
    expect(gather(readerFixture(records, users), ask, spec).gathered.map(({ subject }) => subject)).toEqual(['ld_b', 'ld_c']);
    const circle = { us_a: { manager: 'us_b', active: false }, us_b: { manager: 'us_a', active: false } };
    expect(gather(readerFixture(records, circle), ask, spec).gathered.map(({ subject }) => subject)).toEqual(['ld_b']);
  });

  test('of a report who is away are those that are urgent', () => {
    const records = [shelvedFixture('ld_soon', { owner: 'us_b', due: taskAt(NOW + HOUR) }), shelvedFixture('ld_later', { owner: 'us_b', heat: warm(3) })];
    const away = (awayUntil: number): string[] => gather(readerFixture(records, { us_b: { manager: 'us_a', awayUntil } }), ask, spec).gathered.map(({ subject }) => subject);
    expect([away(NOW + DAY), away(NOW - DAY)]).toEqual([['ld_soon'], []]);
  });

  const someone = fc.record({
    owner: fc.constantFrom('us_a', 'us_b', 'us_q', null),
    heat: fc.integer({ min: -4, max: 4 }).map(warm),
    due: fc.option(fc.integer({ min: -9, max: 3 }).map((days) => taskAt(NOW + days * DAY))),
    lastTouch: fc.option(fc.nat(40).map((days) => NOW - days * DAY)),
    created: fc.nat(60).map((days) => NOW - days * DAY),
    stirring: fc.boolean(),
    territories: fc.subarray(['north', 'south']),
  });
  const quota = fc.integer({ min: 0, max: 12 });
  const quotas: fc.Arbitrary<CandidatesSpec['quotas']> = fc.record(Object.fromEntries(SOURCE_NAMES.map((name) => [name, quota]))) as fc.Arbitrary<CandidatesSpec['quotas']>;

  test('are each there once, none too many, none from elsewhere, the same whenever asked', () => {
    fc.assert(fc.property(fc.array(someone, { maxLength: 60 }), quotas, fc.integer({ min: 1, max: 30 }), fc.nat(), (some, shares, most, seed) => {
      const draw = random(seed);
      const records = some.map((over) => shelvedFixture(idFixture(draw), over));
      const users = { us_a: { territories: ['north', 'south'] }, us_q: { queue: true, territories: ['south'] } };
      const limits = { ...spec, quotas: shares, most };
      const found = gather(readerFixture(records, users), { ...ask, seed }, limits);
      const subjects = found.gathered.map(({ subject }) => subject);
      expect(new Set(subjects).size).toBe(subjects.length);
      expect(subjects.length).toBeLessThanOrEqual(most);
      for (const name of SOURCE_NAMES) expect(found.counts[name]).toBeLessThanOrEqual(shares[name] * (name === 'exploration' ? 8 : 1));
      const theirs = new Set(records.filter(({ owner, territories }) => owner === 'us_a' || owner === 'us_q' || (owner === null && territories.length > 0)).map(({ subject }) => subject));
      for (const subject of subjects) expect(theirs.has(subject)).toBe(true);
      expect(gather(readerFixture(records.toReversed(), users), { ...ask, seed }, limits)).toEqual(found);
    }));
  });

  const bookOf = (size: number): Shelved[] => {
    const draw = random(size);
    return Array.from({ length: size }, (_, i) => shelvedFixture(idFixture(draw), { heat: i % 3 === 0 ? warm(-draw.below(6)) : 0, lastTouch: i % 7 === 0 ? null : NOW - DAY }));
  };

  test('of a large book are read no more than of a small one', () => {
    const reads = [500, 5_000].map((size) => {
      const records = bookOf(size);
      const best = records.slice(0, spec.quotas.owned).map(({ subject }) => subject);
      const reader = readerFixture(records, {}, () => ({ size, best: () => best, bestOf: () => [] }));
      const { gathered, large } = gather(reader, ask, spec);
      expect([large, gathered.length <= spec.most]).toEqual([['us_a'], true]);
      return reader.reads();
    });
    expect(Math.max(...reads)).toBeLessThan(3 * spec.most);
  });

  test('of a large book are those that stood best, without what is another’s by now; of one that nobody scored yet, any', () => {
    const records = bookOf(1_000).map((record, i) => (i < 5 ? Object.assign({}, record, { owner: 'us_b' }) : record));
    const best = records.slice(0, 30).map(({ subject }) => subject);
    const only: CandidatesSpec = { ...spec, quotas: { ...spec.quotas, deadline: 0, hot: 0, 'another-look': 0, exploration: 0, owned: 20 } };
    const surveyed = gather(readerFixture(records, {}, () => ({ size: 995, best: (limit) => best.slice(0, limit), bestOf: () => [] })), ask, only);
    expect(surveyed.gathered.map(({ subject }) => subject)).toEqual(best.slice(5, 20));
    expect(gather(readerFixture(records), ask, only).gathered).toHaveLength(20);
  });

  test('of a large book that is warm are the hottest and those of the warm that stand best', () => {
    const records = Array.from({ length: 600 }, (_, i) => shelvedFixture(`ld_${String(i).padStart(3, '0')}`, { heat: warm(i < 300 ? 0 : -1) }));
    const only: CandidatesSpec = { ...spec, quotas: { ...spec.quotas, deadline: 0, 'another-look': 0, exploration: 0, owned: 1, hot: 10 } };
    const book = { size: 600, best: () => [], bestOf: (some: readonly string[], limit: number) => some.toReversed().slice(0, limit) };
    const { gathered } = gather(readerFixture(records, {}, () => book), ask, only);
    expect(gathered.map(({ subject }) => subject)).toEqual(['ld_000', 'ld_001', 'ld_002', 'ld_003', 'ld_004', 'ld_029', 'ld_028', 'ld_027', 'ld_026', 'ld_025']);
  });

  test('of several books that are large together come in turn', () => {
    const records = ['us_a', 'us_b'].flatMap((owner) => Array.from({ length: 15 }, (_, i) => shelvedFixture(`ld_${owner}_${String(i).padStart(2, '0')}`, { owner })));
    const only: CandidatesSpec = { ...spec, quotas: { ...spec.quotas, exploration: 0, owned: 20 } };
    const { gathered, large } = gather(readerFixture(records, { us_b: { manager: 'us_a', active: false } }), ask, only);
    expect(large).toEqual(['us_a', 'us_b']);
    expect(gathered.filter(({ subject }) => subject.startsWith('ld_us_b'))).toHaveLength(10);
  });
});

test('the list of who left is that of the next manager up who is there', () => {
  const users: Record<string, { active: boolean; manager: string | null }> = {
    us_a: { active: false, manager: 'us_b' }, us_b: { active: false, manager: 'us_c' }, us_c: { active: true, manager: null },
    us_x: { active: false, manager: 'us_y' }, us_y: { active: false, manager: 'us_x' }, us_z: { active: false, manager: null },
  };
  const of = (owner: string): string | null => listOf({ user: (name) => users[name] }, owner);
  expect(['us_a', 'us_c', 'us_x', 'us_z', 'us_unheard'].map(of)).toEqual(['us_c', 'us_c', null, null, 'us_unheard']);
});

describe('the lot', () => {
  test('brings every record as often as it says', () => {
    const records = bookFixture(60);
    const only: CandidatesSpec = { ...spec, quotas: { deadline: 0, hot: 0, 'another-look': 0, territory: 0, owned: 10, exploration: 6 } };
    const reader = readerFixture(records, {}, () => ({ size: 60, best: () => [], bestOf: () => [] }));
    const drawn = new Map<string, number>();
    const runs = 4_000;
    for (let seed = 0; seed < runs; seed++) {
      for (const { subject, propensity, sources } of gather(reader, { ...ask, seed }, only).gathered) {
        expect([sources, propensity]).toEqual([['exploration'], expect.closeTo(0.1, 9)]);
        drawn.set(subject, (drawn.get(subject) ?? 0) + 1);
      }
    }
    const sigma = Math.sqrt(runs * 0.1 * 0.9);
    for (const { subject } of records) expect(Math.abs((drawn.get(subject) ?? 0) - runs * 0.1)).toBeLessThan(4.5 * sigma);
  });

  const bookFixture = (size: number): Shelved[] => {
    const draw = random(3);
    return Array.from({ length: size }, () => shelvedFixture(idFixture(draw)));
  };
});
