import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { AppParts } from '../parts.ts';
import { EventsTaken, Problem } from '../schema.ts';

/** What was refused, event by event; or one fault of the request as a whole. */
const Refused = Type.Union([EventsTaken, Problem]);

const EVENTS_BODY_LIMIT = 8 * 1024 * 1024;

/** The door for events from outside: CloudEvents 1.0 in JSON, one or a batch. */
export function eventRoutes(routes: FastifyInstance, { service, authenticate }: AppParts): void {
  const app = routes.withTypeProvider<TypeBoxTypeProvider>();
  const types = ['application/cloudevents+json', 'application/cloudevents-batch+json'];
  app.addContentTypeParser(types, { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));

  app.post(
    '/v1/events',
    {
      bodyLimit: EVENTS_BODY_LIMIT,
      schema: {
        summary: 'Takes events. 202: all were taken; 207: some were refused and wait in quarantine; 400: none was taken',
        security: [{ bearer: [] }],
        response: { 202: EventsTaken, 207: EventsTaken, 400: Refused, 403: Refused, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request, reply) => {
      const caller = await authenticate(request.headers.authorization);
      const batch = Array.isArray(request.body) ? (request.body as unknown[]) : [request.body as unknown];
      const taken = await service.take(caller, batch);
      if (taken.rejected.length === 0) return reply.status(202).send(taken);
      if (taken.accepted > 0) return reply.status(207).send(taken);
      return reply.status(taken.rejected.every(({ code }) => code === 'scope') ? 403 : 400).send(taken);
    },
  );
}
