import { Fault, quote } from '../../base/index.ts';
import type { Evaluation } from '../../experiment/index.ts';

const NUMBERS = ['decisions', 'effective', 'present', 'gain', 'low', 'high', 'clipped', 'largest', 'unsupported'] as const;

/** Checks the evaluation that a policy carries. Throws a Fault. */
export function parseEvaluation(raw: unknown): Evaluation {
  const given = (raw ?? {}) as Record<string, unknown>;
  const odd = NUMBERS.find((name) => !Number.isFinite(given[name]));
  if (odd !== undefined) throw fault(given[odd], `${odd} must be a finite number`);
  if (given['presentUnsupported'] !== undefined && !Number.isFinite(given['presentUnsupported'])) throw fault(given['presentUnsupported'], 'presentUnsupported must be a finite number');
  if (!['ips', 'snips', 'dr'].includes(given['estimator'] as string)) throw fault(given['estimator'], 'estimator must be ips, snips or dr');
  if (!['normal', 'bootstrap'].includes(given['interval'] as string)) throw fault(given['interval'], 'interval must be normal or bootstrap');
  return given as unknown as Evaluation;
}

const fault = (value: unknown, rule: string): Fault =>
  new Fault({ kind: 'input', value: `evaluation: ${quote(value)}`, rule, remedy: 'evaluate the policy again' });
