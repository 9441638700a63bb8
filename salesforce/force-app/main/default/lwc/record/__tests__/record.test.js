import { aboutOf, nameOf } from 'c/record';

describe('a record in words', () => {
  it.each([
    [{ record: '00Q1', kind: 'lead', name: 'Ada Byron', title: 'CTO', company: 'Engines' }, 'Ada Byron', 'CTO, Engines'],
    [{ record: '0061', kind: 'opportunity', name: 'Engines, 20 seats', company: 'Engines' }, 'Engines, 20 seats', 'Opportunity, Engines'],
    [{ record: '00Q1', kind: 'lead' }, 'Lead 00Q1', ''],
    [{ record: '0061', kind: 'opportunity' }, 'Opportunity 0061', 'Opportunity'],
  ])('%j', (record, name, about) => {
    expect([nameOf(record), aboutOf(record)]).toEqual([name, about]);
  });
});
