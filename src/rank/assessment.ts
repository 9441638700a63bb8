import type { ActionKind } from './act/arm.ts';

/** How an answer was made: model on fresh data, model on stale data, the last score, points rules. */
export type Level = 'L0' | 'L1' | 'L2' | 'L3';
export type Grade = 'A' | 'B' | 'C' | 'D';

/** How old the newest data of one source is, for one record. */
export interface SourceAge {
  readonly source: string;
  /** ms since the source's newest event. */
  readonly ageMs: number;
  /** Older than the source's freshness limit. */
  readonly stale: boolean;
}

/** The few known facts about a record beside its features; times in ms. */
export interface RecordFacts {
  readonly created: number;
  /** The rep's last call, e-mail or meeting. */
  readonly lastTouch: number | null;
  /** The newest event of any kind. */
  readonly lastEvent: number;
}

/** What a list needs to know beside that. */
export interface CandidateFacts extends RecordFacts {
  readonly status: 'open' | 'converted' | 'closed' | 'deleted';
  readonly snoozedUntil: number | null;
  readonly dismissed: boolean;
  /** Whose record it is; left out: that of the one whose list it is. */
  readonly owner?: string | null;
  readonly account?: string | null;
  /** The contact whom it was found to be. */
  readonly person?: string | null;
  /** The person asked not to be profiled. */
  readonly objected?: boolean;
  /** When it was dismissed last, ms. */
  readonly dismissedAt?: number | null;
  /** When somebody must see to it, as was promised or planned at `since`, ms. */
  readonly due?: { readonly kind: 'promise' | 'task'; readonly at: number; readonly since: number } | null;
  /** When the rep took it on, ms, and the newest dispute of a reason. */
  readonly acceptedAt?: number | null;
  readonly disputed?: { readonly at: number; readonly reason: string } | null;
  /** How warm it is, as `State` has it; left out: not at all. */
  readonly heat?: number;
}

/** One reason in words: the joint effect of the features of a theme. */
export interface Reason {
  readonly theme: string;
  readonly direction: 'for' | 'against';
  readonly sentence: string;
  /** At L0 to L2 the exact SHAP of the theme in log-odds, at L3 points. Positive speaks for the record. */
  readonly effect: number;
}

/** What a record's outcome is worth where it comes true. */
export interface Worth {
  /** In the home currency of the cell, where the history says which that is. Above nothing, or nothing. */
  readonly amount: number;
  /** ISO 4217; null: not known. */
  readonly currency: string | null;
  /** The amount that stands in the record, or what a model expects of one like it. */
  readonly from: 'own' | 'model';
}

/** Where a record stands among those that its grade was given among. */
export interface Standing {
  /** Whole number 0 to 100, by which the grade is given. */
  readonly percentile: number;
  /** The segment; null: all records of training, for the model knows none or too few of the segment. */
  readonly among: { readonly feature: string; readonly value: string } | null;
}

/** What is recommended. The parts that may be absent are so in decisions of engines before the second. */
export interface Action {
  readonly kind: ActionKind;
  /** Of an e-mail or what marketing sends. */
  readonly template?: string | null;
  readonly sentence: string;
  /** The probability with which it was chosen among what the constraints left. */
  readonly propensity: number;
  /** What could have been shown in its place; with `propensity` the probabilities add up to 1. */
  readonly alternatives?: readonly { readonly action: string; readonly propensity: number }[];
  /** Whether the rules, a learned effect or the lot chose it. */
  readonly basis?: 'rules' | 'effect' | 'chance';
  /** What the rules would have recommended: a kind, or `email:template`. */
  readonly rule?: string;
  /** The action policy's hash. */
  readonly policy?: string;
  /** What the constraints kept out of the choice, by the reason. Absent where nothing was, and in decisions of before the twenty-first engine. */
  readonly leftOut?: readonly { readonly actions: readonly string[]; readonly because: string }[];
}

/** What a list goes by of a record. */
export interface Rating {
  readonly subject: string;
  readonly level: Level;
  /** Why the answer is not whole, in plain words; at L0 it may lack a value or the promoted action policy. */
  readonly levelReason: string | null;
  /** Log-odds by the model; null at L2 and L3. Decides order between equal scores. */
  readonly raw: number | null;
  /** Calibrated; at L2 that of the last score; null at L3, for points are no probability. */
  readonly probability: number | null;
  /** At L3 the share of records with so many points that had the outcome, as the rule set has it: what a list goes by. Absent elsewhere, and in decisions of before the tenth engine. */
  readonly share?: number;
  /** null at L2 and L3, and where the model's bundle does not say. */
  readonly value: Worth | null;
  /** Probability times the amount of `value`; null where either is. */
  readonly expectedValue: number | null;
  /** Whole number 0 to 100: percentile of `raw` among training's records, or points at L3. */
  readonly score: number;
  readonly grade: Grade;
  /** Absent where a last score answers or the points of rules are graded, and in decisions of before the ninth engine. */
  readonly standing?: Standing;
}

export interface Assessment extends Rating {
  readonly reasons: readonly Reason[];
  /** What makes the reasons add up: baseline + their effects + rest is `raw`, or the points. Absent where a last score answers, and in decisions of earlier engines. */
  readonly sum?: { readonly baseline: number; readonly rest: number };
  readonly action: Action;
}
