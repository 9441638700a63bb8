import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { authorize } from '../auth.ts';
import type { AppParts } from '../parts.ts';
import { Problem } from '../schema.ts';
import { Adoption, Disputes } from '../schema-monitor.ts';

const security = [{ bearer: [] }];
const problems = { '4xx': Problem, '5xx': Problem };

/** What RevOps watches: whether lists are used, and what their users doubt. */
export function monitorRoutes(routes: FastifyInstance, { service, authenticate }: AppParts): void {
  const app = routes.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/v1/monitor',
    { schema: { summary: 'What was shown, accepted, done, dismissed, snoozed and disputed, by week and team', security, response: { 200: Adoption, ...problems } } },
    async (request) => service.adoption(await authorize(authenticate, request.headers.authorization, ['manager', 'ops', 'auditor'])),
  );

  app.get(
    '/v1/disputes',
    {
      schema: {
        summary: 'Disputed reasons, the newest first, with the features behind them: value, effect, source and its age',
        security,
        querystring: Type.Object({ since: Type.Optional(Type.String({ format: 'date-time' })) }, { additionalProperties: false }),
        response: { 200: Disputes, ...problems },
      },
    },
    async (request) => {
      await authorize(authenticate, request.headers.authorization, ['ops', 'auditor']);
      return service.disputes(request.query.since === undefined ? undefined : Date.parse(request.query.since));
    },
  );
}
