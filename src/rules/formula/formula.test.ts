import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEAD_FEATURES, parseFeatures, type FeatureSpec } from '../../features/index.ts';
import { COLUMNS, documents, FEATURES } from '../arbitrary.fixture.ts';
import { DEFAULT_RULES, evaluate, parseRules, type RuleSet } from '../index.ts';
import { compileFormula, type CompiledFormula } from './compile.ts';
import { fieldMetadata } from './metadata.ts';
import { proveFormula } from './prove.ts';
import { runFormula, type FieldValue } from './run.ts';
import type { ObjectFields } from './source.ts';
import type { FormulaSettings } from './settings.ts';
import { parseFormula } from './syntax.ts';

const NOTHING: FormulaSettings = { fields: {}, leaveOut: [] };
/** As if the site told the org how often somebody came. */
const SETTINGS: FormulaSettings = { fields: { visits: { field: 'Visits__c', type: 'number' } }, leaveOut: [] };
const rule = (id: string, when: unknown, over: object = {}): object => ({ id, theme: 'fit', points: 10, when, sentence: id, ...over });
const setOf = (...rules: object[]): RuleSet => parseRules({ version: 1, base: 20, caps: {}, rules }, COLUMNS);
const compile = (rules: RuleSet, settings = SETTINGS, object: ObjectFields | null = null, features: readonly FeatureSpec[] = FEATURES): CompiledFormula =>
  compileFormula(rules, { features, settings, object });

describe('the formula of a rule set', () => {
  test('gives the points of its part, for any rules and any record', () => {
    fc.assert(
      fc.property(documents(), fc.integer(), (raw, seed) => {
        const rules = parseRules(raw, COLUMNS);
        fc.pre(rules.rules.some(({ decay }) => decay === undefined));
        const compiled = compile(rules);
        expect(compiled.part.rules).toEqual(rules.rules.filter(({ decay }) => decay === undefined));
        expect(proveFormula(compiled, { features: FEATURES, records: 100, seed })).toBe(100);
      }),
      { numRuns: 200 },
    );
  });

  test('gives equal points for ten thousand records', () => {
    const rules = parseRules(
      {
        version: 1,
        base: 20,
        caps: { fit: 25, timing: 15 },
        rules: [
          rule('large', [{ feature: 'employees', is: '>=', value: 20 }]),
          rule('trade', { feature: 'industry', is: 'in', value: ['Öl & "Gas"; back\\slash', '石油', 'energy'] }, { points: 20 }),
          rule('no', { any: [{ feature: 'industry', is: 'missing' }, { not: { feature: 'employees', is: '!=', value: 7 } }] }, { points: -12.5 }),
          rule('old', { feature: 'age', is: '>', value: 14 }, { theme: 'timing', points: -30 }),
          rule('young', { feature: 'age', is: '<=', value: 2 }, { theme: 'timing', points: 40 }),
        ],
      },
      COLUMNS,
    );
    const compiled = compile(rules);
    expect(proveFormula(compiled, { features: FEATURES })).toBe(10_000);
    expect(compiled.formula).toBe(
      'ROUND(MIN(100,MAX(0,20+MIN(25,IF(IF(ISBLANK(NumberOfEmployees),FALSE,NumberOfEmployees>=20),10,0)' +
        '+IF(CASE(Industry,"Öl & \\"Gas\\"; back\\\\slash",1,"石油",1,"energy",1,0)=1,20,0))' +
        '+IF(OR(ISPICKVAL(Industry,""),NOT(IF(ISBLANK(NumberOfEmployees),FALSE,NumberOfEmployees<>7))),-12.5,0)' +
        '+MIN(15,MAX(-15,IF(NOW()-CreatedDate>14,-30,0))+IF(NOW()-CreatedDate<=2,40,0)))),0)',
    );
  });

  test('says of each condition whether a formula can express it, and why not', () => {
    const rules = parseRules(DEFAULT_RULES, LEAD_FEATURES.map(({ name }) => name));
    const { marks, part } = compile(rules, NOTHING, null, LEAD_FEATURES);
    expect(part.rules.map(({ id }) => id)).toEqual(marks.filter(({ said }) => said).map(({ rule: id }) => id));
    const why = Object.fromEntries(marks.map((mark) => [mark.rule, mark.why]));
    expect(why['form']).toBe('forms_30d is made of events (web.form_submitted), and a formula sees fields alone');
    expect(why['senior']).toBe('seniority is a class that is made of title at the gate: keep one in the org, and name it under formula.fields');
    expect(why['corporate']).toBe('email_domain_class asks for corporate, which is told from Email by patterns, and a formula knows none: keep the class in a field, and name it under formula.fields');
    expect(why['freemail']).toBeNull();
    expect(why['silent']).toMatch(/days_since_last_activity counts from events/);
    expect(why['old']).toBeNull();
    expect(marks.find((mark) => mark.rule === 'old')!.conditions).toEqual([{ test: 'lead_age_days > 60', said: true, why: null }]);
  });

  test.each([
    ['a decay', rule('x', { feature: 'employees', is: '>', value: 1 }, { decay: { since: 'age', over: 3 } }), 'its points fall with age, and a formula knows no decay'],
    ['a joined condition', rule('x', { any: [{ feature: 'employees', is: '>', value: 1 }, { not: { feature: 'visits', is: '>', value: 1 } }] }), 'visits is made of events (web.visited), and a formula sees fields alone'],
    ['a line break', rule('x', { feature: 'industry', is: '=', value: 'a\nb' }), 'industry compares with a text that has a line break or a control character'],
    ['too long a number', rule('x', { feature: 'employees', is: '>', value: 1e300 }), 'employees compares with a number of more digits than Salesforce keeps'],
  ])('leaves out %s', (_what, given, why) => {
    const { marks, part } = compile(setOf(given, rule('y', { feature: 'employees', is: 'present' })), NOTHING);
    expect(part.rules.map(({ id }) => id)).toEqual(['y']);
    expect(marks[0]).toMatchObject({ rule: 'x', said: false, why });
  });

  test('a rule that the file leaves out stays out; where none is left there is no formula', () => {
    const rules = setOf(rule('x', { feature: 'employees', is: '>', value: 1 }), rule('y', { feature: 'visits', is: '>', value: 1 }));
    expect(() => compile(rules, { fields: {}, leaveOut: ['x'] })).toThrow('version 1: has no rule that a formula can express');
  });

  test('one that grows past what Salesforce takes is refused with the rule that broke it', () => {
    const many = Array.from({ length: 200 }, (_, i) => rule(`r${i}`, { feature: 'employees', is: '=', value: i }));
    const long: FormulaSettings = { fields: { employees: { field: `${'A'.repeat(60)}__c`, type: 'number' } }, leaveOut: [] };
    expect(() => compile(setOf(...many), long)).toThrow(/^rule r\d+: \d{4} characters: a formula field has at most 3900; name r\d+, .* under formula\.leave_out, or shorten their lists$/u);
    const wide = rule('wide', { feature: 'industry', is: 'in', value: Array.from({ length: 150 }, (_, i) => String(i).padStart(12, '市')) });
    expect(() => compile(setOf(rule('first', { feature: 'employees', is: '>', value: 1 }), wide))).toThrow(/^rule wide: \d+ bytes/u);
    const heavy = Array.from({ length: 100 }, (_, i) => rule(`h${i}`, { feature: 'visits', is: 'present' }, { theme: `t${i}`, points: 1 + i }));
    expect(() => compile(setOf(...heavy), { fields: { visits: { field: 'V', type: 'number' } }, leaveOut: [] })).toThrow(/^rule h\d+: about \d+ bytes when compiled: a formula field has at most 5000/u);
  });

  test('a mapping says which field it is, and what its words stand for', () => {
    const features = parseFeatures([
      { ...FEATURES[1]!, name: 'area', kind: { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'region', type: 'categorical' } },
      { ...FEATURES[1]!, name: 'band', kind: { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'own_category_1', type: 'categorical' } },
      { ...FEATURES[3]!, name: 'asked', kind: { op: 'latest', event: ['lead.created', 'lead.changed'], field: 'own_flag_1', type: 'numeric' } },
      { ...FEATURES[3]!, name: 'renewal', kind: { op: 'until', event: ['lead.created', 'lead.changed'], field: 'own_date_1' } },
    ]);
    const object: ObjectFields = {
      fields: {
        region: { column: 'Region__c', values: { 'North America': 'na', Canada: 'na', Europe: 'eu' }, otherwise: 'other' },
        own_category_1: { column: 'Budget Band' },
        own_flag_1: { column: 'Asked__c' },
        own_date_1: { column: 'Renewal__c' },
      },
    };
    const columns = features.map(({ name }) => name);
    const of = (...rules: object[]): CompiledFormula => compile(parseRules({ version: 1, base: 0, caps: {}, rules }, columns), NOTHING, object, features);
    const all = of(
      rule('na', { feature: 'area', is: '=', value: 'na' }),
      rule('other', { feature: 'area', is: 'in', value: ['other', 'eu'] }, { points: 3 }),
      rule('not', { feature: 'area', is: '!=', value: 'other' }, { points: 5 }),
      rule('asked', { feature: 'asked', is: '=', value: 1 }, { points: 7 }),
      rule('soon', { all: [{ feature: 'renewal', is: '<', value: 30 }, { feature: 'renewal', is: '>=', value: 0 }] }, { points: 11 }),
      rule('band', { feature: 'band', is: 'present' }),
    );
    expect(all.marks.at(-1)!.why).toBe('band "Budget Band" of the mapping is no API name of a field: name it under formula.fields');
    expect(proveFormula(all, { features })).toBe(10_000);
    expect(of(rule('na', { feature: 'area', is: '=', value: 'na' })).points).toBe('0+IF(OR(ISPICKVAL(Region__c,"North America"),ISPICKVAL(Region__c,"Canada")),10,0)');
    const now = Date.UTC(2026, 0, 15, 12);
    const types = { Region__c: 'picklist', Asked__c: 'checkbox', Renewal__c: 'date' } as const;
    const points = (values: Record<string, FieldValue>): FieldValue => runFormula(parseFormula(all.points), { types, values, now });
    expect(points({ Region__c: 'Peru', Asked__c: true, Renewal__c: Date.UTC(2026, 0, 20) })).toBe(3 + 7 + 11);
    expect(points({ Region__c: 'Canada', Asked__c: false, Renewal__c: Date.UTC(2026, 0, 15) })).toBe(10 + 5);
    expect(points({})).toBe(0);
  });

  test('a free mail address is told by its domain, whatever its case; no other class is', () => {
    const features = LEAD_FEATURES.filter(({ name }) => name === 'email_domain_class');
    const of = (when: object, settings = NOTHING): CompiledFormula => compile(parseRules({ version: 1, base: 0, caps: {}, rules: [rule('x', { feature: 'email_domain_class', ...when })] }, ['email_domain_class']), settings, null, features);
    const points = ({ points: formula }: CompiledFormula, Email: string | null): FieldValue => runFormula(parseFormula(formula), { types: { Email: 'email' }, values: { Email }, now: 0 });
    const [free, other, both] = [of({ is: '=', value: 'freemail' }), of({ is: '!=', value: 'freemail' }), of({ is: 'not in', value: ['freemail', 'no such class'] })];
    for (const compiled of [free, other, both, of({ is: 'missing' }), of({ is: 'present' })]) expect(proveFormula(compiled, { features })).toBe(10_000);
    expect([free, other, both].map((compiled) => points(compiled, 'Ann.B@GMX.de'))).toEqual([10, 0, 0]);
    expect([free, other, both].map((compiled) => points(compiled, 'gmail.com@notgmail.com'))).toEqual([0, 10, 10]);
    expect([free, other, both].map((compiled) => points(compiled, null))).toEqual([0, 0, 0]);
    expect(() => of({ is: 'in', value: ['freemail', 'education'] })).toThrow('has no rule that a formula can express');
    // A field that holds the class says them all.
    const kept: FormulaSettings = { fields: { email_domain_class: { field: 'Mail_Class__c', type: 'picklist' } }, leaveOut: [] };
    expect(of({ is: '=', value: 'corporate' }, kept).points).toBe('0+IF(ISPICKVAL(Mail_Class__c,"corporate"),10,0)');
    const wrong: FormulaSettings = { fields: { industry: { field: 'Email', type: 'email' } }, leaveOut: [] };
    expect(() => compile(setOf(rule('a', { feature: 'industry', is: '=', value: 'x' })), wrong)).toThrow('has no rule');
  });

  test('the word of the rules file goes before everything else', () => {
    const settings: FormulaSettings = { fields: { industry: { field: 'Sector__c', type: 'text' }, age: { field: 'Born__c', type: 'date' }, employees: { field: 'Share__c', type: 'percent' } }, leaveOut: [] };
    const rules = setOf(rule('a', { feature: 'industry', is: '=', value: 'x' }), rule('b', { feature: 'age', is: '<', value: 7 }), rule('c', { feature: 'employees', is: '>=', value: 7 }));
    const compiled = compile(rules, settings);
    expect(compiled.points).toBe('20+IF(CASE(Sector__c,"x",1,0)=1,10,0)+IF(IF(ISBLANK(Born__c),FALSE,NOW()-DATETIMEVALUE(Born__c)<7),10,0)+IF(IF(ISBLANK(Share__c),FALSE,Share__c>=0.07),10,0)');
    expect(proveFormula(compiled, { features: FEATURES })).toBe(10_000);
    const wrong: FormulaSettings = { fields: { industry: { field: 'Size__c', type: 'number' } }, leaveOut: [] };
    expect(compile(rules, wrong).marks[0]!.why).toBe('industry is a category, and Size__c is a number');
  });

  test('a wrong formula is found out', () => {
    const compiled = compile(setOf(rule('x', { feature: 'employees', is: '>=', value: 20 })));
    expect(() => proveFormula({ ...compiled, points: compiled.points.replace('>=', '>') }, { features: FEATURES })).toThrow('employees 20: has 30 points by the rules and 20 by the formula');
    expect(evaluate(compiled.part, ['employees'], [20]).points).toBe(30);
  });

  test('as metadata every sign is escaped', () => {
    const xml = fieldMetadata({ name: 'Rules_Points__c', label: 'Points', description: 'a & b', formula: 'IF(A<1,"x&y",\'z\')' });
    expect(xml).toContain('<formula>IF(A&lt;1,&quot;x&amp;y&quot;,&apos;z&apos;)</formula>');
    expect(xml).toContain('<formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>');
  });
});

describe('the evaluator', () => {
  const types = { N: 'number', P: 'picklist', T: 'text', C: 'checkbox', D: 'date', M: 'datetime', Q: 'percent' } as const;
  const day = Date.UTC(2026, 1, 28);
  const now = day + 36e5 * 30;
  const run = (text: string, values: Record<string, FieldValue> = {}): FieldValue => runFormula(parseFormula(text), { types, values, now });

  test.each([
    ['1+2*3-4/2', 5],
    ['(1+2)*-3', -9],
    ['-2 - -2', 0],
    ['7-2-1', 4],
    ['IF(1<2 && !(2<>2) || FALSE, 10, 0)', 10],
    ['CASE("b","a",1,"b",2,3)', 2],
    ['CASE(P,"a",1,0)', 0],
    ['IF(ISPICKVAL(P,""),1,0)', 1],
    ['IF(ISBLANK(T),1,0)', 1],
    ['IF(T="",1,0)', 0],
    ['IF(N>=0,1,0)', 0],
    ['IF(NOT(N>=0),1,0)', 0],
    ['IF(OR(N>=0,TRUE),1,0)', 1],
    ['IF(AND(N>=0,FALSE),1,0)', 0],
    ['N+1', null],
    ['IF(C,1,0)', 0],
    ['MIN(3,MAX(1,2))', 2],
    ['ROUND(2.5,0)+ROUND(-2.5,0)+ROUND(1.25,1)', 1.3],
    ['TODAY()-DATEVALUE(NOW())', 0],
    ['NOW()-DATETIMEVALUE(TODAY())', 0.25],
    ['FIND("b","abc")+FIND("x","abc")+FIND("a",T)', 2],
    ['LOWER(MID("A@Gmail.com",FIND("@","A@Gmail.com")+1,5))', 'gmail'],
    ['IF(ISBLANK(LOWER(MID(T,2,3))),1,0)', 1],
    ['IF("\\"\\\\;é"="\\"\\\\;é",1,0)', 1],
  ])('%s is %j', (text, expected) => expect(run(text)).toBe(expected));

  test('fields are what they hold', () => {
    expect(run('IF(ISPICKVAL(P,"a;b"),1,0)+IF(T="x",2,0)+IF(Q=0.5,4,0)+IF(C,8,0)+IF(DATETIMEVALUE(D)<=M,16,0)', { P: 'a;b', T: 'x', Q: 50, C: true, D: day, M: day })).toBe(31);
  });

  test.each([
    ['1/0', 'divides by zero'],
    ['1/N', null],
    ['P="a"', 'cannot compare picklist with text'],
    ['ISBLANK(P)', 'takes no picklist'],
    ['ISPICKVAL(T,"a")', 'takes a picklist'],
    ['X+1', 'is no field of the object'],
    ['FOO(1)', 'is no function that rules use'],
    ['IF(1,2,3)', 'takes boolean, not number'],
    ['IF(TRUE,2,"x")', 'gives number or text'],
    ['1+', 'a value is missing'],
    ['(1', ') is missing'],
    ['1 2', 'stands after the end'],
    ['"a', 'is no part of a formula'],
    ['1;2', '";2" at character 2'],
    ['D-N', 'cannot reckon with date and number'],
    ['MIN()', null],
  ])('%s is refused', (text, message) => {
    if (message === null) expect(() => run(text)).not.toThrow();
    else expect(() => run(text)).toThrow(message);
  });

  test('what is nested too deeply is refused', () => {
    for (const text of ['('.repeat(9_000), `${'-'.repeat(50_000)}1`, 'NOT('.repeat(9_000)]) expect(() => run(text), text.slice(0, 5)).toThrow('is nested deeper than 500');
  });
});
