import { Type, type Static } from '@fastify/type-provider-typebox';

/** The bodies of the HTTP API. `fixtures/api/` holds an example of each; the page and the Apex class read the same shapes. */

const options = { additionalProperties: false };
const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC' });
const Age = Type.Union([Type.Number({ minimum: 0 }), Type.Null()], { description: 'seconds since the newest event behind it; null: none yet' });

const Level = Type.Union([Type.Literal('L0'), Type.Literal('L1'), Type.Literal('L2'), Type.Literal('L3')], {
  description: 'L0 model on fresh features · L1 model, a source is stale · L2 last score · L3 rules',
});
const Grade = Type.Union([Type.Literal('A'), Type.Literal('B'), Type.Literal('C'), Type.Literal('D')]);
const Standing = Type.Optional(
  Type.Object(
    {
      percentile: Type.Integer({ minimum: 0, maximum: 100 }),
      among: Type.Union([Type.Object({ feature: Type.String(), value: Type.String() }, { additionalProperties: false }), Type.Null()], { description: 'the segment; null: all records' }),
    },
    { additionalProperties: false, description: 'what the grade goes by; absent where no model answers: there it goes by the score' },
  ),
);
const Score = Type.Integer({ minimum: 0, maximum: 100, description: 'percentile among records like those of training' });
const Probability = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], { description: 'calibrated; null at L3' });
const Worth = Type.Union(
  [
    Type.Object(
      {
        amount: Type.Number({ minimum: 0 }),
        currency: Type.Union([Type.String(), Type.Null()], { description: 'ISO 4217; null: not known' }),
        from: Type.Union([Type.Literal('own'), Type.Literal('model')], { description: 'own: it stands in the record' }),
      },
      options,
    ),
    Type.Null(),
  ],
  { description: 'what the outcome is worth; null: not known' },
);
const ExpectedValue = Type.Union([Type.Number({ minimum: 0 }), Type.Null()], { description: 'probability times the amount of value' });
const RecordObject = Type.Union([Type.Literal('Lead'), Type.Literal('Opportunity')], { description: 'what it is in Salesforce' });
const Kind = Type.Union([Type.Literal('lead'), Type.Literal('opportunity')], { description: 'what is foretold: a lead converts, an opportunity is won' });
const LevelReason = Type.Union([Type.String(), Type.Null()], { description: 'why the answer is not whole: at L0 it may lack a value or the promoted action policy' });
const Arm = Type.Optional(Type.Literal('control', { description: 'the rules answer because an experiment has it so: nothing is wrong' }));
const Design = Type.Optional(Type.Literal('rules', { description: 'the rules answer because no model was promoted for this kind of record: nothing is wrong' }));

const Reason = Type.Object(
  {
    theme: Type.String(),
    direction: Type.Union([Type.Literal('for'), Type.Literal('against')]),
    sentence: Type.String(),
    effect: Type.Number({ description: 'exact SHAP of the theme in log-odds; points at L3; of the themes value and urgency the logarithm of what multiplies the priority; 0 of the theme place, which says that a pin or the lot gave the place' }),
  },
  options,
);
const Week = Type.Union([Type.Object({ points: Type.Integer(), since: Time }, options), Type.Null()], {
  description: 'how many points the score is above that of a week before it, or of three days at least; null where no model answers or it does not go back so far',
});
const Action = Type.Object({ kind: Type.String(), sentence: Type.String() }, options);
const ChosenAction = Type.Object(
  {
    kind: Type.String(),
    sentence: Type.String(),
    leftOut: Type.Array(Type.Object({ actions: Type.Array(Type.String()), sentence: Type.String() }, options), { description: 'what consent and the other constraints rule out now, and why; none where they rule out nothing' }),
  },
  options,
);
const Model = Type.Union([Type.Object({ id: Type.String(), trainedAt: Time }, options), Type.Null()]);
const ScoredAt = Type.String({ format: 'date-time', description: 'when the score was made; at L2 that was earlier' });
const Data = Type.Object({ offset: Type.Integer(), asOf: Type.Union([Time, Type.Null()]), ageSeconds: Age }, options);

const WorklistItem = Type.Object(
  {
    decision: Type.String(),
    record: Type.String({ description: 'Salesforce id' }),
    object: RecordObject,
    kind: Kind,
    position: Type.Integer({ minimum: 1 }),
    flags: Type.Array(Type.String(), { description: 'what stands out, in words: existing customer, its owner left' }),
    score: Score,
    grade: Grade,
    standing: Standing,
    probability: Probability,
    value: Worth,
    expectedValue: ExpectedValue,
    level: Level,
    arm: Arm,
    design: Design,
    scoredAt: ScoredAt,
    week: Week,
    dataAgeSeconds: Age,
    reasons: Type.Array(Reason),
    action: Action,
    change: Type.Optional(
      Type.Object(
        { from: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], { description: 'null: was not on the list' }), sentence: Type.String() },
        { ...options, description: 'what changed the place since the list of an hour ago or more' },
      ),
    ),
  },
  options,
);

const LeftOut = Type.Object(
  {
    reason: Type.String({ description: 'closed, dismissed, snoozed, touched, …, or the id of a flag of the policy' }),
    count: Type.Integer(),
    orMore: Type.Optional(Type.Literal(true, { description: 'there may be more: counting stopped here' })),
    words: Type.Optional(Type.String({ description: 'of a flag: what it says, in the words of the policy' })),
    records: Type.Optional(Type.Array(Type.Object({ record: Type.String(), sentence: Type.String() }, options), { description: 'the first 200 of them' })),
  },
  { ...options, description: 'of the records that were looked at for this list, and of what the user closed since the previous working day' },
);

export const Worklist = Type.Object(
  {
    user: Type.String(),
    generatedAt: Time,
    list: Type.String({ description: 'digest of the whole list: equal digests, equal order' }),
    level: Level,
    levelReason: LevelReason,
    arm: Arm,
    design: Design,
    levels: Type.Array(Type.Object({ kind: Kind, level: Level, levelReason: LevelReason, arm: Arm, design: Design, records: Type.Integer() }, options), {
      description: 'the worst of each kind of record on the list',
    }),
    scoredAt: ScoredAt,
    model: Model,
    data: Data,
    items: Type.Array(WorklistItem),
    leftOut: Type.Array(LeftOut),
  },
  options,
);
export type Worklist = Static<typeof Worklist>;

const FeatureValue = Type.Union([Type.Number(), Type.String(), Type.Null()], { description: 'null: missing' });
const WhatIf = Type.Union(
  [
    Type.Object(
      {
        changes: Type.Array(Type.Object({ feature: Type.String(), from: FeatureValue, to: FeatureValue }, options)),
        evidence: Type.Union([Type.Literal('shown'), Type.Literal('association')], { description: 'shown: by an experiment, or past the off-policy gate' }),
        direction: Type.Union([Type.Literal('better'), Type.Literal('worse'), Type.Literal('same')]),
        figures: Type.Union(
          [
            Type.Object(
              {
                raw: Type.Number({ description: 'log-odds of the changed record' }),
                probability: Type.Number({ minimum: 0, maximum: 1 }),
                score: Score,
                change: Type.Object({ raw: Type.Number(), probability: Type.Number(), score: Type.Integer() }, { ...options, description: 'more than as the record stands' }),
              },
              options,
            ),
            Type.Null(),
          ],
          { description: 'null for an association' },
        ),
      },
      options,
    ),
    Type.Null(),
  ],
  { description: 'what the model says of the changed record, not what a deed would do; null where the model could not be asked' },
);

const NotListed = Type.Union([Type.Object({ reason: Type.String(), sentence: Type.String() }, options), Type.Null()], {
  description: 'why the record can be on no list now; null where it can',
});

export const Insight = Type.Object(
  {
    record: Type.String(),
    object: RecordObject,
    kind: Kind,
    decision: Type.String(),
    generatedAt: Time,
    level: Level,
    levelReason: LevelReason,
    arm: Arm,
    design: Design,
    scoredAt: ScoredAt,
    model: Model,
    data: Data,
    score: Score,
    grade: Grade,
    standing: Standing,
    probability: Probability,
    value: Worth,
    expectedValue: ExpectedValue,
    dataAgeSeconds: Age,
    sources: Type.Array(Type.Object({ source: Type.String(), ageSeconds: Age, stale: Type.Boolean() }, options)),
    reasons: Type.Array(Reason),
    action: ChosenAction,
    week: Week,
    trend: Type.Array(Type.Object({ time: Time, score: Score }, options), { description: 'by the model, oldest first; empty where rules answer' }),
    notListed: NotListed,
    whatIf: Type.Optional(WhatIf),
  },
  options,
);
export type Insight = Static<typeof Insight>;

export const WhyAnswer = Type.Object(
  {
    generatedAt: Time,
    above: Type.String(),
    below: Type.String(),
    positions: Type.Array(Type.Integer({ minimum: 1 }), { description: 'of the two on the list' }),
    by: Type.String({ description: 'what decides: chance, value, an adjustment of the policy, raw or id' }),
    parts: Type.Array(
      Type.Object({ name: Type.String(), rule: Type.Union([Type.String(), Type.Null()]), size: Type.Number({ description: 'natural logarithm of the ratio; they add up' }) }, options),
      { description: 'in what their priorities differ, the greatest in favour of the upper first' },
    ),
    sentence: Type.String(),
  },
  options,
);
export type WhyAnswer = Static<typeof WhyAnswer>;

export const ScoreRequest = Type.Object({ records: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 500 }) }, options);

export const Scores = Type.Object(
  {
    generatedAt: Time,
    model: Model,
    data: Data,
    scores: Type.Array(Type.Omit(WorklistItem, ['position', 'flags'], options)),
    unknown: Type.Array(Type.String(), { description: 'records that are not known here, not visible to the caller, or of somebody who asked not to be profiled' }),
  },
  options,
);
export type Scores = Static<typeof Scores>;

export const FeedbackRequest = Type.Object(
  {
    decision: Type.String({ minLength: 1, maxLength: 64 }),
    action: Type.Union(['accept', 'done', 'dismiss', 'snooze', 'dispute'].map((name) => Type.Literal(name))),
    reason: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'a code, never free text' })),
    until: Type.Optional(Time),
    theme: Type.Optional(Type.String({ maxLength: 64, description: 'of a dispute: which reason' })),
    feature: Type.Optional(Type.String({ maxLength: 80, description: 'of a dispute: which feature, where that is known' })),
  },
  options,
);
export interface FeedbackRequest {
  decision: string;
  action: string;
  reason?: string;
  until?: string;
  theme?: string;
  feature?: string;
}

export const FeedbackTaken = Type.Object({ event: Type.String(), offset: Type.Integer() }, options);
export type FeedbackTaken = Static<typeof FeedbackTaken>;

export const EventsTaken = Type.Object(
  {
    accepted: Type.Integer(),
    rejected: Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() }, options)),
  },
  options,
);
export type EventsTaken = Static<typeof EventsTaken>;

/** RFC 9457, with the three parts of every fault. */
export const Problem = Type.Object(
  { title: Type.String(), status: Type.Integer(), detail: Type.String(), value: Type.String(), rule: Type.String(), remedy: Type.String() },
  options,
);
