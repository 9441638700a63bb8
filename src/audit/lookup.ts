import { Fault, quote } from '../base/index.ts';
import { leftOutSentence, standingWords } from '../rank/index.ts';
import type { Decision, Placement } from './decision.ts';
import type { Entry, Ledger } from './ledger.ts';
import type { Receipts } from './receipt.ts';

/** A decision with the proof of its record. Throws a Fault: `missing`, or `gone` with the receipt of its erasure. */
export function readEntry(ledger: Pick<Ledger, 'find'>, receipts: Pick<Receipts, 'ofDecision'>, id: string): Entry {
  const entry = ledger.find(id);
  if (entry !== undefined) return entry;
  const receipt = receipts.ofDecision(id)?.receipt;
  if (receipt === undefined)
    throw new Fault({
      kind: 'missing',
      value: `decision ${quote(id)}`,
      rule: 'is in no journal of this cell, or was older than journals are kept',
      remedy: 'check the id, and `journal` in cell.yaml',
    });
  throw new Fault({
    kind: 'gone',
    value: `decision ${id}`,
    rule: `erased, receipt ${receipt}`,
    remedy: 'ask for the receipt instead',
  });
}

/** A decision for people: what was said of whom, why, by what, from which data. */
export function formatDecision({ decision, proof, segment }: Entry): string {
  const { placement, reasons, sources, level, levelReason, action } = decision;
  const lines = [
    `Decision    ${decision.id}`,
    `Subject     ${decision.subject}, asked for by ${decision.user}`,
    `Time        ${new Date(decision.time).toISOString()}, log offset ${decision.offset}`,
    `Level       ${level}${levelReason === null ? '' : `: ${levelReason}`}`,
    `Score       ${decision.score} (${decision.grade})${percent(decision)}`,
    ...(decision.standing === undefined ? [] : [`Graded      ${standingWords(decision.standing)}`]),
    ...worth(decision),
    ...(placement === null ? [] : [`Position    ${placement.position} in list ${placement.list}`]),
    ...placing(placement),
    ...reasons.map(({ direction, sentence, effect }) => `${direction.padEnd(11)} ${sentence} (${signed(effect)})`),
    ...(decision.sum === undefined ? [] : [`            with ${signed(decision.sum.baseline)} for any and ${signed(decision.sum.rest)} for the rest: ${signed(total(decision))}`]),
    `Action      ${action.sentence}`,
    `            shown with probability ${chance(action.propensity)}${(action.alternatives ?? []).map(({ action: name, propensity }) => `, ${name} ${chance(propensity)}`).join('')}`,
    ...(action.leftOut ?? []).map((one) => `            ${leftOutSentence(one)}`),
    ...sources.map(
      ({ source, ageMs, stale }) => `Source      ${source}: ${Math.round(ageMs / 1000)} s old${stale ? ', late' : ''}`,
    ),
    `Made with   engine ${decision.engine}, bundle ${decision.bundle ?? 'none'}, rules ${decision.rules}`,
    `Journal     ${segment}, body hash ${proof.bodyHash}`,
  ];
  return lines.join('\n');
}

const total = ({ reasons, sum }: Decision): number => reasons.reduce((all, { effect }) => all + effect, sum!.baseline + sum!.rest);

/** How a place came about: what the list goes by, and what moved it. */
function placing(placement: Placement | null): string[] {
  const { priority, reasons = [], propensity = 1, adjustments = [] } = placement ?? {};
  const lot = propensity === 1 ? '' : `, drawn with probability ${chance(propensity)}`;
  return [
    ...(priority === undefined ? [] : [`            by ${figure(priority.chance)} × ${figure(priority.value)}${priority.factors.map(({ factor }) => ` × ${figure(factor)}`).join('')} = ${figure(priority.total)}${lot}`]),
    ...reasons.map(({ direction, sentence, effect }) => `            ${direction} the place: ${sentence}${effect === 0 ? '' : ` (${signed(effect)})`}`),
    ...adjustments.map(({ name, rule = null, before, after, factor = 1 }) => `            ${name}${rule === null ? '' : ` ${rule}`}: from ${before} to ${after}${factor === 1 ? '' : ` (× ${figure(factor)})`}`),
  ];
}

const figure = (value: number): string => String(Number(value.toPrecision(4)));

const chance = (propensity: number): string => String(Math.round(propensity * 1e4) / 1e4);

function percent({ probability }: Decision): string {
  return probability === null ? '' : `, probability ${(probability * 100).toFixed(1)} %`;
}

/** Decisions of before there were values say nothing of them. */
function worth({ value, expectedValue }: Partial<Decision>): string[] {
  if (!value || typeof expectedValue !== 'number') return [];
  const money = (amount: number): string => `${Math.round(amount)}${value.currency === null ? '' : ` ${value.currency}`}`;
  const whence = value.from === 'own' ? 'its own amount' : 'by the model';
  return [`Value       ${money(value.amount)}, ${whence}; expected ${money(expectedValue)}`];
}

function signed(effect: number): string {
  return `${effect < 0 ? '' : '+'}${effect.toFixed(2)}`;
}
