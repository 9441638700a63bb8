import { createMac, MINUTE, type Clock, type Mac } from '../base/index.ts';
import { admit } from './admit.ts';
import { catalogue as standard } from './catalogue/index.ts';
import { cleanData, type LeftOut } from './clean.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import type { Event, IdentityMap, Rejection } from './event.ts';
import { isRejection, reject, suppressed } from './rejection.ts';
import type { Catalogue, Scope } from './schema.ts';
import { upcast } from './upcast.ts';

/** Who sends, as authenticated: the rights, and the one source it may speak for where it is bound to one. */
export interface Sender {
  readonly scopes: readonly Scope[];
  readonly source?: string;
}

export interface GateOptions {
  readonly identities: IdentityMap;
  readonly clock: Clock;
  readonly catalogue?: Catalogue;
  /** How far ahead of our clock the clock of a source may be, ms. */
  readonly maxFuture?: number;
  /**
   * Keys the digest that replaces an event's id: sources build ids from record ids, and no record id may pass. Must
   * stay the same for as long as duplicates are to be recognised.
   */
  readonly idKey?: Uint8Array;
  /** Told what was left out of an event that passed. */
  readonly onLeftOut?: (type: string, leftOut: LeftOut) => void;
}

/** The door through which everything from outside comes: schema, scope, clock and privacy are checked here. */
export interface Gate {
  /** An Event without personal data, or why it was refused. Never throws for what a sender can send. */
  parse(raw: unknown, sender: Sender): Event | Rejection;
}

export function createGate({
  identities,
  clock,
  catalogue = standard,
  maxFuture = 5 * MINUTE,
  idKey = new Uint8Array(32),
  onLeftOut,
}: GateOptions): Gate {
  const mac = createMac(idKey);
  return {
    parse(raw, sender) {
      const envelope = readEnvelope(raw, catalogue);
      if (isRejection(envelope)) return envelope;
      const { schema, version, source, time, kind } = envelope;
      const refused = checkSender(envelope, sender);
      if (refused !== undefined) return refused;
      const where = `${schema.name}.v${version}`;
      const known = identities.find(kind, envelope.subject);
      if (known === undefined && identities.isSuppressed(kind, envelope.subject)) return suppressed(`${where} subject`);
      const latest = clock() + maxFuture;
      if (time > latest) {
        return reject('future', `${where} ${new Date(time).toISOString()}`, `happens more than ${maxFuture / MINUTE} minutes from now`, 'set the clock of the source');
      }
      const cleaned = cleanData({
        where,
        version: schema.versions[version - 1]!,
        raw: envelope.data,
        kind,
        latest,
        subjectOf: (of, id) => identities.find(of, id) ?? (identities.isSuppressed(of, id) ? 'suppressed' : identities.subjectOf(of, id)),
      });
      if (isRejection(cleaned)) return cleaned;
      onLeftOut?.(schema.name, cleaned.leftOut);
      return admit({
        id: digestId(mac, source, envelope.id),
        source,
        type: schema.name,
        version: schema.versions.length,
        subject: known ?? identities.subjectOf(kind, envelope.subject),
        time,
        data: upcast(schema, version, cleaned.data),
      });
    },
  };
}

function checkSender({ schema, source }: Envelope, sender: Sender): Rejection | undefined {
  if (!schema.scopes.some((scope) => sender.scopes.includes(scope))) {
    const needed = schema.scopes.join(' or ');
    const remedy = needed === 'service' ? 'only leadrank itself makes it' : 'use a token that has it';
    return reject('scope', schema.name, `needs the scope ${needed}`, remedy);
  }
  if (sender.source !== undefined && sender.source !== source) {
    return reject(
      'scope',
      'source',
      `is not ${sender.source}, to which the sender is bound`,
      'send your own events only',
    );
  }
  return undefined;
}

/** 128 bits of HMAC-SHA256 over source and id: equal for a repeated event, and no way back to the id. */
const digestId = (mac: Mac, source: string, id: string): string => mac.of(`${source}\0${id}`).toString('base64url', 0, ID_BYTES);
const ID_BYTES = 16;
