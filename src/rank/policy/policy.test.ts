import { describe, expect, test } from 'vitest';
import { canonicalJson, contentId, DAY, HOUR, MINUTE } from '../../base/index.ts';
import { DEFAULT_POLICY, fieldsOf, parsePolicy, policyDocument, policyFields } from '../policy.ts';

const policy = parsePolicy(DEFAULT_POLICY);
const withOne = (adjustment: unknown): object => ({ version: 1, adjustments: [adjustment] });
const condition = { feature: 'country', is: '=', value: 'DE' };
const standard = (calendar: object): object => ({ version: 1, calendars: { standard: { hours: { mon: ['9:00-17:00'] }, ...calendar } } });

describe('a policy', () => {
  test('is found again by its hash, whatever it was written like', () => {
    expect(parsePolicy(structuredClone(DEFAULT_POLICY)).hash).toBe(policy.hash);
    expect(parsePolicy(policyDocument(policy))).toEqual(policy);
    expect(parsePolicy({ version: DEFAULT_POLICY.version }).hash).toBe(policy.hash);
    expect(parsePolicy({ ...DEFAULT_POLICY, restAfterTouch: '2h' }).hash).toBe(policy.hash);
    expect(parsePolicy({ ...DEFAULT_POLICY, restAfterTouch: '3h' }).hash).not.toBe(policy.hash);
  });

  test('reads spans, times and what may be left out', () => {
    const document = {
      version: 1,
      adjustments: [
        { name: 'deadline', within: '90m', near: '0.5h', lost: '2d', lift: 2, rush: 4 },
        { name: 'weights', rules: [{ id: 'home', when: [condition], factor: 2 }] },
        { name: 'pins', rules: [{ id: 'fair', when: [condition], until: '2026-12-24' }] },
      ],
    };
    expect(parsePolicy(document).adjustments).toEqual([
      { name: 'deadline', within: 90 * MINUTE, near: HOUR / 2, lost: 2 * DAY, lift: 2, rush: 4 },
      { name: 'weights', rules: [{ id: 'home', when: [condition], factor: 2 }] },
      { name: 'pins', rules: [{ id: 'fair', when: [condition], place: 1, most: 1, until: Date.UTC(2026, 11, 24) }] },
    ]);
    expect(policyFields(parsePolicy({ ...document, flags: [] }))).toEqual(['country']);
  });

  test('names only features that are there; without a list of them, any', () => {
    const named = withOne({ name: 'weights', rules: [{ id: 'a', when: [condition], factor: 2 }] });
    expect(() => parsePolicy(named, ['industry'])).toThrow(/"country"/u);
    const unflagged = { ...named, flags: [] };
    expect(parsePolicy(unflagged, ['country']).hash).toBe(parsePolicy(unflagged).hash);
    expect(parsePolicy({ version: 1 }, ['industry']).adjustments.map(({ name }) => name)).not.toContain('fatigue');
  });

  test('grades by what there is, by what comes along, or all together', () => {
    const by = (feature: unknown) => parsePolicy({ version: 1, grades: { by: feature } }, ['country']).grades.by;
    expect([by('country'), by('record_type'), by(null), by(undefined)]).toEqual(['country', 'record_type', null, 'record_type']);
    expect(() => by('colour')).toThrow(/policy.grades.by: "colour": is no feature of this cell/u);
  });

  test('names a goal of its lists, and stays what it was where it does not', () => {
    expect(policy.goal).toBeUndefined();
    expect(parsePolicy({ version: 1, goal: 'money' })).toEqual(parsePolicy({ version: 1 }));
    expect(parsePolicy({ version: 1, goal: 'conversions' })).toMatchObject({ goal: 'conversions' });
    expect(parsePolicy({ version: 1, goal: 'conversions' }).hash).not.toBe(parsePolicy({ version: 1 }).hash);
    expect(() => parsePolicy({ version: 1, goal: 'fame' })).toThrow('policy.goal: "fame": is not known here; use money, conversions');
  });
  test('declares an experiment, and none unless it is asked for', () => {
    expect(policy.experiment).toBeUndefined();
    expect(parsePolicy({ version: 1, experiment: null }).hash).toBe(parsePolicy({ version: 1 }).hash);
    const read = parsePolicy({ version: 1, experiment: { name: 'payoff', share: 0.2, from: '2026-12-01' } });
    expect(read.experiment).toEqual({ name: 'payoff', share: 0.2, unit: 'team', salt: 'payoff', from: Date.UTC(2026, 11, 1), until: null });
    expect(parsePolicy(policyDocument(read))).toEqual(read);
  });

  test.each([
    ['2028-02-29', Date.UTC(2028, 1, 29)],
    ['2026-12-01T09:30', Date.UTC(2026, 11, 1, 9, 30)],
    ['2026-12-01T09:30:15.5Z', Date.UTC(2026, 11, 1, 9, 30, 15, 500)],
    ['2026-12-01T09:30+01:00', Date.UTC(2026, 11, 1, 8, 30)],
    ['9999-12-31', Date.UTC(9999, 11, 31)],
  ])('%s is a time, and comes back from where the policy is kept', (from, ms) => {
    const read = parsePolicy({ version: 1, experiment: { name: 'payoff', share: 0.2, from } });
    expect(read.experiment!.from).toBe(ms);
    expect(parsePolicy(JSON.parse(JSON.stringify(policyDocument(read))))).toEqual(read);
    expect(contentId(canonicalJson(policyDocument(read)))).toBe(read.hash);
  });

  test.each([2027, 20270701, Date.UTC(2027, 6, 1), '20270701', '1.7.2027', '2027-7-1', true, NaN])('%j is not taken for a time: as a number it would be one long ago', (until) => {
    expect(() => parsePolicy({ version: 1, experiment: { name: 'payoff', share: 0.2, until } })).toThrow(/policy\.experiment\.until: .*: is no time; write it as 2026-12-24/u);
  });

  test.each(['2027-02-29', '2027-02-31', '2027-04-31', '2027-13-01', '2026-12-01T24:00', '2026-12-01T12:60', '2026-12-01T12:00+25:00', '0027-01-01', '9999-12-31T23:00-12:00'])('%s is not in the calendar', (from) => {
    expect(() => parsePolicy({ version: 1, experiment: { name: 'payoff', share: 0.2, from } })).toThrow(`policy.experiment.from: "${from}": is no time from 2000 to 9999; correct it, written as 2026-12-24`);
  });

  test('sees of a vector what it names', () => {
    expect(fieldsOf(['country', 'gone'])(['industry', 'country'], ['energy', 'DE'])).toEqual({ country: 'DE' });
  });

  test.each([
    [{ version: 0 }, 'policy.version: "0": is a number from 1'],
    [{ version: 1.5 }, 'policy.version: 1.5: is a whole number'],
    [{}, 'policy.version: nothing'],
    [null, 'policy.version: nothing'],
    ['a text', 'policy: "a text": holds named entries'],
    [{ version: 1, colour: 1 }, 'policy: "colour": is not known here; use version, restAfterTouch, adjustments'],
    [{ version: 1, restAfterTouch: -1 }, 'policy.restAfterTouch: "-1": is a span from 0m to 366d; write it as 30m, 4h or 3d'],
    [{ version: 1, restAfterTouch: 'soon' }, 'policy.restAfterTouch: "soon": is a span'],
    [withOne({ name: 'luck' }), 'policy.adjustments[0].name: "luck": is not known here; use fatigue, absence, deadline'],
    [withOne(null), 'policy.adjustments[0].name: nothing'],
    [withOne({ name: 'freshness', within: 0, lift: 2 }), 'policy.adjustments[0].within: "0": is a span from 1m'],
    [withOne({ name: 'freshness', within: '1h', lift: 11 }), 'policy.adjustments[0].lift: "11": is a number from 0.1 to 10'],
    [withOne({ name: 'rest', within: '1h', lift: 2 }), 'policy.adjustments[0].lift: "2": is a number from 0.01 to 1'],
    [withOne({ name: 'deadline', within: '1h', near: '2h', lost: '3h', lift: 2, rush: 3 }), 'near is at most within'],
    [withOne({ name: 'diversity', most: 0 }), 'policy.adjustments[0].most: "0"'],
    [withOne({ name: 'diversity', most: 1.5 }), 'policy.adjustments[0].most: 1.5: is a whole number'],
    [withOne({ name: 'exploration', every: 1 }), 'policy.adjustments[0].every: "1": is a number from 2'],
    [withOne({ name: 'weights', rules: [{ id: 'a', when: [], factor: 2 }] }), 'holds no condition'],
    [withOne({ name: 'weights', rules: [{ id: 'a', when: [{ ...condition, is: 'like' }], factor: 2 }] }), /"like": is not an operator/u],
    [withOne({ name: 'pins', rules: [{ id: 'a', when: [condition], until: 'soon' }] }), '"soon": is no time; write it as 2026-12-24'],
    [withOne({ name: 'pins', rules: [{ id: 'a', when: [condition] }, { id: 'a', when: [condition] }] }), '"a": is the id of two rules'],
    [{ version: 1, adjustments: [{ name: 'absence' }, { name: 'absence' }] }, 'policy.adjustments[1]: absence: is named twice'],
    [{ version: 1, adjustments: [{ name: 'diversity', most: 1 }, { name: 'steady', margin: 0.1 }] }, 'steady: acts before diversity; declare them in the order'],
    [{ version: 1, grades: { A: 50, B: 50 } }, 'policy.grades: 50, 50, 20: A, B and C begin one below the other'],
    [{ version: 1, experiment: { share: 0.2 } }, 'policy.experiment.name: nothing: is a text'],
    [{ version: 1, experiment: { name: 'payoff' } }, 'policy.experiment.share: nothing: is a number from 0.01 to 0.99'],
    [{ version: 1, experiment: { name: 'payoff', share: 20 } }, 'policy.experiment.share: "20": is a number from 0.01 to 0.99'],
    [{ version: 1, experiment: { name: 'payoff', share: 0.2, unit: 'lead' } }, 'policy.experiment.unit: "lead": is not known here; use team, rep, account'],
    [{ version: 1, experiment: { name: 'payoff', share: 0.2, from: '2026-12-01', until: '2026-11-01' } }, 'policy.experiment.until: lies after from'],
    [{ version: 1, experiment: 7 }, 'policy.experiment.name: nothing'],
    [standard({ zone: 'Mars/Olympus' }), 'policy.calendars.standard.zone: "Mars/Olympus": is no time zone'],
    [standard({ hours: {} }), 'policy.calendars.standard.hours: is never open'],
    [standard({ hours: { monday: ['9:00-17:00'] } }), '"monday": is no day of the week; use mon, tue'],
    [standard({ hours: { mon: ['22:00-6:00'] } }), '"22:00-6:00": is no stretch of a day; write it as 9:00-17:30; one over midnight as two'],
    [standard({ hours: { mon: ['9:00-25:00'] } }), 'is no stretch of a day'],
    [standard({ hours: { mon: ['9:00-12:00', '11:00-13:00'] } }), 'begins before the stretch before it ends'],
    [standard({ holidays: ['2026-02-30'] }), 'policy.calendars.standard.holidays[0]: "2026-02-30": is no date'],
    [{ version: 1, calendars: { a: { hours: { mon: ['9:00-17:00'] }, teams: ['x'] }, b: { hours: { mon: ['9:00-17:00'] }, teams: ['x'] } } }, '"x": is a team of a and of b'],
  ])('%# is refused with place, value and rule', (raw, message) => {
    expect(() => parsePolicy(raw)).toThrow(message);
  });
});
