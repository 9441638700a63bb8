import { Fault, hash32, quote } from '../../base/index.ts';

export const ACTION_KINDS = ['call', 'email', 'meeting', 'linkedin', 'nurture', 'handover', 'wait'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** One thing that can be recommended: a kind, and for what is written a template. */
export interface Arm {
  /** `call`, `email:follow_up`: what logs and policies call it. */
  readonly name: string;
  readonly kind: ActionKind;
  readonly template: string | null;
  /** Of its name: what its part of a lot is drawn with. */
  readonly salt: number;
  /** Its weight among what is shown by chance; 0 is never. */
  readonly explore: number;
  /** The least effect, as a probability, for which it takes the place of what the rules say. */
  readonly least: number;
  /** In the currency of values; counted where the record's value is known. */
  readonly cost: number;
}

const TEMPLATED: ReadonlySet<ActionKind> = new Set(['email', 'nurture']);

/** Doing nothing is always possible, and needs no mention in a policy. */
export const WAIT: Arm = { name: 'wait', kind: 'wait', template: null, salt: hash32('wait'), explore: 1, least: 0, cost: 0 };

/** The kind and template that a name stands for. Throws a Fault for one that is no action. */
export function parseArmName(name: unknown): Pick<Arm, 'name' | 'kind' | 'template' | 'salt'> {
  const [head, template, ...rest] = typeof name === 'string' ? name.split(':') : [];
  const kind = ACTION_KINDS.find((it) => it === head);
  const wellFormed = rest.length === 0 && (template === undefined || /^[a-z][a-z0-9_]{0,39}$/u.test(template));
  if (kind === undefined || !wellFormed)
    throw new Fault({
      kind: 'input',
      value: `action ${quote(name)}`,
      rule: `must be one of ${ACTION_KINDS.join(', ')}, or email:template`,
      remedy: 'change the name',
    });
  if (template !== undefined && !TEMPLATED.has(kind))
    throw new Fault({ kind: 'input', value: `action ${quote(name)}`, rule: 'takes no template', remedy: `write ${kind}` });
  return { name: name as string, kind, template: template ?? null, salt: hash32(name as string) };
}
