import { Type, type Static } from '@fastify/type-provider-typebox';

const options = { additionalProperties: false };
const count = Type.Integer({ minimum: 0 });
const text = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

export const Adoption = Type.Object(
  {
    generatedAt: Type.String({ format: 'date-time' }),
    weeks: Type.Array(
      Type.Object(
        {
          week: Type.String({ description: 'its Monday, UTC' }),
          team: text('the manager; null: everybody who is in no team of five or more'),
          shown: count,
          accepted: count,
          done: count,
          dismissed: count,
          snoozed: count,
          disputed: count,
        },
        options,
      ),
    ),
    unassigned: Type.Integer({ minimum: 0, maximum: 1_000, description: 'open records that are on no list: of nobody, in no territory; 1000: as many or more' }),
  },
  options,
);
export type Adoption = Static<typeof Adoption>;

export const Disputes = Type.Object(
  {
    disputes: Type.Array(
      Type.Object(
        {
          time: Type.String({ format: 'date-time' }),
          decision: Type.String(),
          record: Type.String(),
          reason: text('a code'),
          theme: text('null: the place as a whole'),
          sentence: text('what was shown of the theme'),
          score: Type.Integer(),
          model: text('null: rules'),
          features: Type.Array(
            Type.Object(
              {
                feature: Type.String(),
                value: Type.Union([Type.Number(), Type.String(), Type.Null()]),
                effect: Type.Number({ description: 'log-odds; points under rules; of the theme value the logarithm of its ratio to the usual, or what the model of the amount adds; of urgency the logarithm of the factor' }),
                source: text('the feed that its value rests on; of a fact of urgency the feeds, a comma between them'),
                owner: text('who declares the feature'),
                sourceAgeSeconds: Type.Union([Type.Integer(), Type.Null()], { description: 'how old the newest news of the feed was; of several the newest' }),
                stale: Type.Boolean(),
              },
              options,
            ),
          ),
        },
        options,
      ),
    ),
  },
  options,
);
export type Disputes = Static<typeof Disputes>;
