import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { Fault } from '../base/index.ts';
import type { AppParts } from './parts.ts';
import { answerProblem } from './problems.ts';
import { auditRoutes } from './routes/audit.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { eventRoutes } from './routes/events.ts';
import { monitorRoutes } from './routes/monitor.ts';
import { operationRoutes } from './routes/operations.ts';

const BODY_LIMIT = 1024 * 1024;
const REQUESTS_A_MINUTE = 60_000;

/** The HTTP API over a service; call `listen` on what it returns, or `inject` requests into it. */
export async function createApp(parts: AppParts) {
  const { metrics, logger, requestsAMinute = REQUESTS_A_MINUTE } = parts;
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }), // the metrics count them; faults are logged
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request) => {
    throw new Fault({ kind: 'missing', value: `${request.method} ${request.url}`, rule: 'no such path', remedy: 'see /openapi.json' });
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    done();
  });
  await app.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.headers.authorization ?? request.ip,
  });
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'leadrank',
        version: '1',
        description: 'Whom to work next, why, and what to do. Every answer says how it was made and how old its data is.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
  });
  await app.register(async (routes) => {
    operationRoutes(routes, parts);
    decisionRoutes(routes, parts);
    eventRoutes(routes, parts);
    auditRoutes(routes, parts);
    monitorRoutes(routes, parts);
  });
  return app as unknown as FastifyInstance;
}
