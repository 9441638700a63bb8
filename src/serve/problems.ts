import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, quote, type FaultKind } from '../base/index.ts';

/** The one place where a fault becomes an HTTP status. */
const STATUS: Record<FaultKind, number> = {
  input: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  corrupt: 500,
  newer: 500,
  unavailable: 503,
};

/** Answers with problem details (RFC 9457). What is not a Fault is logged whole and answered without its inner workings. */
export function answerProblem(error: FastifyError | Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = error instanceof Fault ? error : translate(error, request);
  const status = 'statusCode' in error && error.statusCode === 429 ? 429 : STATUS[fault.kind];
  if (status >= 500) request.log.error({ err: error }, fault.message);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (status === 503) void reply.header('retry-after', '5');
  const { value, rule, remedy, message: detail, kind: title } = fault;
  return reply.status(status).type('application/problem+json').send({ title, status, detail, value, rule, remedy });
}

function translate(error: FastifyError, request: FastifyRequest): Fault {
  if (error.statusCode === 413 || error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const size = request.headers['content-length'];
    const limit = request.routeOptions.bodyLimit;
    return new Fault({
      kind: 'too-large',
      value: size ? `body of ${size} bytes` : 'body',
      rule: `at most ${limit} bytes are taken in one request`,
      remedy: 'split it into smaller batches',
      cause: error,
    });
  }
  if (error.validation) {
    const { instancePath, message, params } = error.validation[0]!;
    const extra = Object.values(params).flat().map(String).join(', ');
    return input(`${error.validationContext ?? 'request'}${instancePath}`, `${message ?? 'is not valid'}${extra ? ` (${extra})` : ''}`, error);
  }
  if (error.statusCode === 429) {
    return new Fault({ kind: 'unavailable', value: 'request', rule: error.message, remedy: 'wait as long as Retry-After says', cause: error });
  }
  if (error.statusCode && error.statusCode < 500) return input(quote(request.url), error.message, error);
  return new Fault({
    kind: 'unavailable',
    value: `request ${request.id}`,
    rule: 'must not fail inside the service',
    remedy: 'try again; if it persists, give the operator this id',
    cause: error,
  });
}

function input(value: string, rule: string, cause: unknown): Fault {
  return new Fault({ kind: 'input', value, rule, remedy: 'see /openapi.json for the shape', cause });
}
