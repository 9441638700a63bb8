import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { authorize } from '../auth.ts';
import type { AppParts } from '../parts.ts';
import { FeedbackRequest, FeedbackTaken, Insight, Problem, ScoreRequest, Scores, WhyAnswer, Worklist } from '../schema.ts';

const security = [{ bearer: [] }];
const problems = { '4xx': Problem, '5xx': Problem };

const Changes = Type.Array(Type.String({ maxLength: 200 }), {
  maxItems: 20,
  description: 'feature:value, once a feature; nothing after the colon means missing. Features are those of the model',
});

/** What reps and the page ask: a list, a record, a score; and what they answer. */
export function decisionRoutes(routes: FastifyInstance, { service, authenticate }: AppParts): void {
  const app = routes.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/v1/worklist',
    {
      schema: {
        summary: "The ranked worklist of the token's user; a manager may name a user of the team",
        security,
        querystring: Type.Object(
          {
            limit: Type.Integer({ minimum: 1, maximum: 200, default: 20 }),
            user: Type.Optional(Type.String({ maxLength: 64 })),
            left_out: Type.Optional(Type.Literal('records', { description: 'names what was left out, each with the reason in words' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Worklist, ...problems },
      },
    },
    async (request) => {
      const caller = await authorize(authenticate, request.headers.authorization, ['rep', 'manager', 'ops']);
      return service.worklist(caller, { limit: request.query.limit, user: request.query.user ?? caller.user, leftOut: request.query.left_out });
    },
  );

  app.get(
    '/v1/records/:id/insight',
    {
      schema: {
        summary: 'One record: score, reasons, trend; and on request what the model says of it with some features changed',
        security,
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        querystring: Type.Object({ what_if: Type.Optional(Changes) }, { additionalProperties: false }),
        response: { 200: Insight, ...problems },
      },
    },
    async (request) => service.insight(await authenticate(request.headers.authorization), request.params.id, request.query.what_if),
  );

  app.get(
    '/v1/why',
    {
      schema: {
        summary: 'One sentence: why one of two records of a list stands above the other',
        security,
        querystring: Type.Object({ record: Type.String({ maxLength: 64 }), over: Type.String({ maxLength: 64 }) }, { additionalProperties: false }),
        response: { 200: WhyAnswer, ...problems },
      },
    },
    async (request) => service.why(await authorize(authenticate, request.headers.authorization, ['rep', 'manager', 'ops']), request.query),
  );

  app.post(
    '/v1/score',
    { schema: { summary: 'Scores 1 to 500 records', security, body: ScoreRequest, response: { 200: Scores, ...problems } } },
    async (request) => service.score(await authenticate(request.headers.authorization), request.body.records),
  );

  app.post(
    '/v1/feedback',
    { schema: { summary: 'Accept, done, dismiss, snooze or dispute a decision', security, body: FeedbackRequest, response: { 201: FeedbackTaken, ...problems } } },
    async (request, reply) => {
      const caller = await authorize(authenticate, request.headers.authorization, ['rep', 'manager']);
      return reply.status(201).send(await service.feedback(caller, request.body as FeedbackRequest));
    },
  );
}
