import { Fault, quote } from '../base/index.ts';
import type { Org, OrgUser } from '../sandbox/index.ts';

/** A user named by id, or, in a simulated org, by name or part of it. Throws a Fault where none or several fit. */
export function resolveUser(text: string, org: Org | undefined): Pick<OrgUser, 'id' | 'name' | 'role'> {
  const users = org?.users() ?? [];
  const exact = users.find(({ id }) => id === text);
  if (exact) return exact;
  if (org === undefined) return { id: text, name: text, role: 'rep' };
  const fitting = users.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  if (fitting.length === 1) return fitting[0]!;
  const some = (fitting.length > 0 ? fitting : users.filter(({ role }) => role === 'rep')).slice(0, 5);
  throw new Fault({
    kind: 'input',
    value: `user ${quote(text)}`,
    rule: fitting.length === 0 ? 'is nobody of the simulated org' : `fits ${fitting.length} users`,
    remedy: `try one of ${some.map(({ id, name }) => `${name} (${id})`).join(', ')}`,
  });
}

/** How a terminal names a record: its name where the org is simulated, else its id alone. */
export function recordName(record: string, org: Org | undefined): string {
  const lead = org?.lead(record);
  return lead === undefined ? (org?.deal(record)?.name ?? record) : `${lead.name}, ${lead.company}`;
}
