import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { authorize } from '../auth.ts';
import type { AppParts } from '../parts.ts';

const params = Type.Object({ id: Type.String({ maxLength: 64 }) });
const security = [{ bearer: [] }];

/** What an auditor asks of a past decision. */
export function auditRoutes(routes: FastifyInstance, { service, authenticate }: AppParts): void {
  const app = routes.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/v1/decisions/:id',
    { schema: { summary: 'The receipt of a decision; 410 where it was erased', security, params } },
    async (request) => service.receipt(await authenticate(request.headers.authorization), request.params.id),
  );

  app.post(
    '/v1/decisions/:id/replay',
    { schema: { summary: 'Computes the decision again with the engine and the model that made it', security, params } },
    async (request) => service.replay(await authorize(authenticate, request.headers.authorization, ['auditor', 'ops']), request.params.id),
  );
}
