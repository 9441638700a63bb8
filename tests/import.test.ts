import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const leads = resolve(root, '..', 'shared', 'data', 'leads', 'Leads.csv');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadrank-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const leadrank = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(join(root, 'bin', 'leadrank'), args, { encoding: 'utf8' });

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('import', () => {
  test('leads of a file become a ranked worklist; refused rows are listed with reasons; again changes nothing twice', () => {
    const path = file(
      'own.csv',
      'Id;OwnerId;CreatedDate;LeadSource;Industry;Number of Employees;Email;Rating;Secret\n' +
        '00Q1;005A;2026-01-05;Web;Energy;120;ann@corp.example;Hot;x\n' +
        '00Q2;005A;2026-01-06 10:00;Select;=HYPERLINK("http://x");many;;Cold;x\n' +
        '00Q3;005A;never;Web;Energy;5;;;x\n' +
        '00Q4;;2026-01-05;Web;Energy;5;;;x\n' +
        '00Q5;005A;2026-01-05;<b>Web</b>;Energy;7;;Warm;x\n' +
        '00Q6;005A\n' +
        '00Q7;005A;2026-01-05;Web;Energy;7;;Warm;x;y\n',
    );
    const args = ['import', path, '--id', 'Id', '--owner', 'OwnerId', '--created', 'CreatedDate', '--data', join(folder, 'own')];
    const { status, stdout } = leadrank(...args, '--json');
    expect(status).toBe(0);
    const done = JSON.parse(stdout) as { rows: number; taken: number; rejected: number; unowned: number; rejects: string; mapping: Record<string, string> };
    expect(done).toMatchObject({ rows: 7, taken: 3, rejected: 4, unowned: 1 });
    expect(done.mapping).toMatchObject({ lead_source: 'LeadSource', industry: 'Industry', employees: 'Number of Employees', email: 'Email', rating: 'Rating' });
    const rejects = readFileSync(done.rejects, 'utf8').trim().split('\n');
    expect(rejects.map((line) => line.split(',').slice(0, 2).join())).toEqual(['row,code', '2,wrong-field', '3,malformed', '6,malformed', '7,malformed']);
    expect(rejects[1]).toContain('lead.created.v2 employees ""many"": is not a finite number');
    expect(rejects[2]).toContain('lead.created.v2 time ""never"": is not an ISO 8601 time');
    expect(rejects[3]).toContain('the row has 2 fields where the header has 9; mend the row');

    const list = (): { items: { record: string; level: string }[] } =>
      JSON.parse(leadrank('worklist', '005A', '--data', join(folder, 'own'), '--json').stdout) as { items: { record: string; level: string }[] };
    // Nobody owns the fourth: it is taken, and on nobody's list.
    expect(list().items.map(({ record }) => record).toSorted()).toEqual(['00Q1', '00Q5']);
    expect(list().items[0]!.level).toBe('L3');
    leadrank(...args);
    expect(list().items).toHaveLength(2);
  });

  test('a mapping file says what the columns mean: previewed with counts, imported, with what it does not know', () => {
    const mapping = file('mapping.yaml', [
      'home_currency: EUR', 'rates: { USD: { 2026-01-01: 0.9 } }', 'objects:', '  Opportunity:', '    is: opportunity', '    id: Id', '    time: Created',
      '    fields: { owner: Owner, amount: Amount, currency: Currency, own_category_1: Segment__c }',
      '    outcome: { column: Stage, at: Moved, values: { active: [Offer], won: [Won] } }',
      'features: { segment: { of: lead, latest: own_category_1 } }', '',
    ].join('\n'));
    const path = file('deals.csv', 'Id,Created,Owner,Amount,Currency,Segment__c,Stage,Moved\n' +
      '0061,2026-01-05,005A,100,USD,Mid,Won,2026-02-01\n0062,2026-01-05,005A,50,GBP,Mid,Offer,\n0063,2026-01-05,005A,50,EUR,,Lost,\n0064,2026-01-05,005A,x,EUR,,Offer,\n');
    const args = ['import', path, '--mapping', mapping, '--data', join(folder, 'deals')];
    const preview = leadrank(...args, '--preview');
    expect(preview.stdout).toMatch(/-\s+Offer\s+2\s+active\n-\s+Lost\s+1\s+NOTHING: add it to outcome\n-\s+Won\s+1\s+won/);
    expect(preview.stderr).toContain('features.segment reads own_category_1 of lead.created and lead.changed, which no object of this mapping tells: it stays empty unless another source does');
    const clash = file('clash.yaml', `${readFileSync(mapping, 'utf8').replace('segment: { of: lead', 'stage: { of: opportunity')}`);
    const refused = leadrank('import', path, '--mapping', clash, '--data', join(folder, 'deals'), '--preview');
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('clash.yaml: features.stage: is the name of a feature of the house for opportunities; give it another')]);
    expect(existsSync(join(folder, 'deals'))).toBe(false);
    expect(JSON.parse(leadrank(...args, '--json').stdout)).toMatchObject({
      rows: 4, taken: 3, rejected: 1, unknownValues: { Lost: 1 }, missingRates: { GBP: 1 }, mapping: { own_category_1: 'Segment__c' },
    });
    expect(leadrank(...args).stdout).toContain('1 amounts in GBP: no rate for their time');
    const columns = (...flags: string[]): number =>
      (JSON.parse(leadrank('replay', '--data', join(folder, 'deals'), '--json', ...flags).stdout) as { features: number }).features;
    expect(columns('--mapping', mapping)).toBe(columns() + 1);
  });

  test('an export of ended leads is something to learn from: by what never changes, and not by what was filled in at the end', () => {
    const DAY = 86_400_000;
    const day = (ago: number): string => new Date(Date.now() - ago * DAY).toISOString();
    const rows = Array.from({ length: 60 }, (_, i) => [`00Q${i}`, '005A', day(200 - i), i % 2 === 0 ? 'Web' : 'List', i % 2 === 0 ? 'Hot' : 'Cold', i % 2 === 0 ? 'Converted' : 'Closed', day(190 - i)].join());
    const path = file('ended.csv', `Id,Owner,Created,Source,Rating,Status,At\n${rows.join('\n')}\n`);
    const mapping = file('ended.yaml', [
      'objects:', '  Lead:', '    is: lead', '    id: Id', '    time: Created', '    immutable: [lead_source]', '    fields: { owner: Owner, lead_source: Source, rating: Rating }',
      '    outcome: { column: Status, at: At, values: { converted: [Converted], closed: [Closed] } }', '',
    ].join('\n'));
    const data = join(folder, 'ended');
    expect(leadrank('import', path, '--mapping', mapping, '--data', data).stdout).toContain('known from the import on, so that no model learns from their past: owner, rating;');
    const set = join(folder, 'ended-set');
    expect(leadrank('train', '--dry-run', '--target', 'lead', '--out', set, '--data', data).status).toBe(0);
    const { rows: samples, positives, usable } = JSON.parse(readFileSync(join(set, 'manifest.json'), 'utf8')) as { rows: number; positives: number; usable: Record<string, { present: number; since: string | null }> };
    expect([samples, positives].every((count) => count > 30)).toBe(true);
    expect(usable['lead_source']!.present).toBe(1);
    expect(usable['rating']).toEqual({ present: 0, since: null });
  });

  test.each([
    [['--mapping', 'nowhere.yaml'], 'nowhere.yaml: no such file'],
    [['--mapping', 'x.yaml', '--id', 'Id'], 'give either the mapping or the others'],
    [['--object', 'Lead', '--id', 'Id', '--owner-id', 'me'], 'give the mapping file with --mapping'],
    [['--owner-id', 'me'], '--id: every record has an id'],
    [['--id', 'Nope', '--owner-id', 'me'], 'column "Nope": is not in the file'],
    [['--id', 'Id'], '--owner: every lead has an owner'],
    [['--id', 'Id', '--owner-id', 'me', '--map', 'shoe_size=Id'], 'names no field of a lead'],
    [['--id', 'Id', '--owner-id', 'me', '--immutable', 'owner'], '--immutable: needs to know when a record was created; name the column of that time with --created'],
    [['--id', 'Id', '--owner-id', 'me', '--created', 'Id', '--immutable', 'shoe'], '--immutable "shoe": is no field that the file fills'],
  ])('%j: one clear line, and no lead', (flags, words) => {
    const path = file('bad.csv', 'Id\n1\n');
    const { status, stderr } = leadrank('import', path, ...flags, '--data', join(folder, 'bad'));
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  test.skipIf(!existsSync(leads) && !process.env['CI'])('nine thousand real leads (skipped where ../shared is absent)', () => {
    const { status, stdout } = leadrank('import', leads, '--id', 'Prospect ID', '--owner-id', 'me', '--data', join(folder, 'real'), '--rejects', join(folder, 'r.csv'));
    expect(status).toBe(0);
    expect(stdout).toContain('9,240 of 9,240 leads are in the log');
    const { items } = JSON.parse(leadrank('worklist', 'me', '--data', join(folder, 'real'), '--json').stdout) as { items: unknown[] };
    expect(items).toHaveLength(10);
  });
});
