import { isObject } from '../base/index.ts';
/** What a ChangeEventHeader says, as far as it is read. */
export interface ChangeHeader {
  readonly entity: string;
  readonly what: 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';
  /** The change says only that there was one. */
  readonly isGap: boolean;
  /** More changed in one transaction than is told. */
  readonly overflows: boolean;
  readonly records: readonly string[];
  /** Programs that named themselves with the write. */
  readonly origin: string;
  /** Names the change: equal when it is delivered again. */
  readonly key: string;
  /** When it was committed, ms. */
  readonly committed: number;
  readonly changed: readonly string[];
}

const TYPE = /^(GAP_)?(CREATE|UPDATE|DELETE|UNDELETE|OVERFLOW)$/u;
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = 8.64e15;

/** Reads the header of a change event; undefined where it is none. */
export function readHeader(change: unknown): ChangeHeader | undefined {
  const header = isObject(change) ? change['ChangeEventHeader'] : undefined;
  if (!isObject(header)) return undefined;
  const { entityName, changeType, recordIds, commitTimestamp, transactionKey, sequenceNumber, commitNumber, changeOrigin, changedFields, nulledFields } = header;
  const type = TYPE.exec(String(changeType));
  const committed = Number(commitTimestamp);
  if (type === null || typeof entityName !== 'string' || !isTexts(recordIds) || !(committed >= EARLIEST && committed <= LATEST)) return undefined;
  const own = typeof transactionKey === 'string' ? `${transactionKey}-${Number(sequenceNumber)}` : String(Number(commitNumber));
  return {
    entity: entityName,
    what: type[2] === 'OVERFLOW' ? 'UPDATE' : (type[2] as ChangeHeader['what']),
    isGap: type[1] !== undefined,
    overflows: type[2] === 'OVERFLOW',
    records: recordIds,
    origin: String(changeOrigin ?? ''),
    key: own.replaceAll(/[^\w-]/gu, '').slice(0, 80),
    committed: Math.trunc(committed),
    changed: [...(isTexts(changedFields) ? changedFields : []), ...(isTexts(nulledFields) ? nulledFields : [])],
  };
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
