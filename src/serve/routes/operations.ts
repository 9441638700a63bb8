import type { FastifyInstance } from 'fastify';
import type { AppParts } from '../parts.ts';

/** Liveness, readiness, metrics and the description of the API: open, and free of personal data. */
export function operationRoutes(app: FastifyInstance, { service, metrics }: AppParts): void {
  app.get('/healthz', { schema: { summary: 'The process answers' } }, async () => ({ status: 'up' }));

  app.get('/readyz', { schema: { summary: 'It can answer with today’s data' } }, async (_request, reply) => {
    const readiness = service.readiness();
    return reply.status(readiness.ready ? 200 : 503).send(readiness);
  });

  app.get('/metrics', { schema: { summary: 'Prometheus metrics' } }, async (_request, reply) => {
    service.observe();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
