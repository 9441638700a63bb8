// Apex, as the local org answers it: POST /apex/<Class>/<method> with the parameters as JSON.
import userId from './user.js';

const TIMEOUT_MS = 10_000;

/** What LeadRankClient.cls makes of a status, so that the page meets the same states here as in an org. */
const REASON_OF_STATUS = { 401: 'unauthorized', 403: 'unauthorized', 404: 'not-found', 429: 'busy', 503: 'service' };

const refreshers = new WeakMap();

async function call(className, method, params) {
  try {
    const response = await fetch(`/apex/${className}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-leadrank-user': userId },
      body: JSON.stringify(params ?? {}),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return await response.json();
    return { state: 'unavailable', reason: REASON_OF_STATUS[response.status] ?? 'service' };
  } catch (error) {
    return { state: 'unavailable', reason: error.name === 'TimeoutError' ? 'timeout' : 'service' };
  }
}

/** An Apex method: awaited when called, a wire adapter when constructed by `@wire`. */
export function apexMethod(className, method) {
  return function apex(argument) {
    if (!new.target) return call(className, method, argument);
    return new ApexWire(argument, (params) => call(className, method, params));
  };
}

/** Calls once every parameter is known, again when one changes, and again on refreshApex. */
class ApexWire {
  constructor(emit, request) {
    this.emit = emit;
    this.request = request;
    this.turn = 0;
    emit({ data: undefined, error: undefined });
  }

  connect() {}

  disconnect() {
    this.turn += 1;
  }

  update(params) {
    if (Object.values(params).some((value) => value === undefined)) return undefined;
    this.params = params;
    return this.refresh();
  }

  async refresh() {
    const turn = ++this.turn;
    const data = await this.request(this.params);
    if (turn !== this.turn) return;
    const provisioned = { data, error: undefined };
    refreshers.set(provisioned, this);
    this.emit(provisioned);
  }
}

/** Asks again for a value that `@wire` provided. */
export async function refreshApex(provisioned) {
  await refreshers.get(provisioned)?.refresh();
}

/** The value of a field of a record, by schema token. */
export function getSObjectValue(record, field) {
  return record?.[field.fieldApiName ?? field];
}
