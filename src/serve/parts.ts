import type { FastifyBaseLogger } from 'fastify';
import type { Authenticate } from './auth.ts';
import type { Metrics } from './metrics.ts';
import type { Service } from './service.ts';

/** What the HTTP API is made of. */
export interface AppParts {
  service: Service;
  authenticate: Authenticate;
  metrics: Metrics;
  logger?: FastifyBaseLogger;
  /** Requests that one bearer may send in a minute. */
  requestsAMinute?: number;
}
