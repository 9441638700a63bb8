import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import { Type, type Static } from 'typebox';
import { Fault, quote, readText, readYaml } from '../base/index.ts';
import type { Credentials } from '../feeds/index.ts';
import type { TargetName } from '../features/index.ts';
import type { Issuer } from '../serve/index.ts';
import { dutiesOf, DutyFields, type Duties } from './duties.ts';
import { schemaFlaw } from './schema-flaw.ts';

const options = { additionalProperties: false };

/** `cell.yaml`, all of it optional. */
const CellFile = Type.Object(
  {
    region: Type.Optional(Type.Union([Type.Literal('us'), Type.Literal('eu')])),
    host: Type.Optional(Type.String({ minLength: 1 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    log_level: Type.Optional(Type.Union(['debug', 'info', 'warn', 'error', 'silent'].map((level) => Type.Literal(level)))),
    deadline_ms: Type.Optional(Type.Integer({ minimum: 1 })),
    requests_a_minute: Type.Optional(Type.Integer({ minimum: 1 })),
    issuers: Type.Optional(
      Type.Array(Type.Object({ issuer: Type.String({ minLength: 1 }), audience: Type.String({ minLength: 1 }), keys_file: Type.String() }, options)),
    ),
    rules_file: Type.Optional(Type.String()),
    opportunity_rules_file: Type.Optional(Type.String()),
    policy_file: Type.Optional(Type.String()),
    state_folder: Type.Optional(Type.String({ minLength: 1 })),
    ...DutyFields,
  },
  options,
);

export type Region = 'us' | 'eu';

/** Everything that a cell is told from outside: read once, checked once, frozen. */
export interface Config {
  readonly region: Region;
  /** The cell's own folder. */
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly requestsAMinute: number;
  /** What a request for decisions may take, ms. */
  readonly deadline: number;
  readonly issuers: readonly Issuer[];
  /** The points rules of each target that decide until some are applied, with the name of their file; null for those that come with leadrank. */
  readonly rules: Readonly<Record<TargetName, { readonly name: string; readonly text: string } | null>>;
  /** How lists are arranged, as its file says it, with the name of that; null for what comes with leadrank. */
  readonly policy: { readonly name: string; readonly document: unknown } | null;
  /** Where the state is to lie, elsewhere than in the cell's own folder; null: where it lies. */
  readonly stateFolder: string | null;
  readonly duties: Duties;
}

export interface ConfigFlags {
  cell?: string | undefined;
  data?: string | undefined;
  config?: string | undefined;
  port?: string | undefined;
}

export const DEFAULT_PORT = 7320;

/** Flags over `cell.yaml` over defaults. Throws a Fault that names the file, the field and the rule. */
export function readConfig(flags: ConfigFlags): Config {
  const path = flags.config === undefined ? undefined : join(resolve(flags.config), 'cell.yaml');
  const file = path === undefined ? {} : readCellFile(path);
  const region = regionOf(flags.cell ?? file.region ?? 'us');
  const beside = (name: string): string => readText(resolve(dirname(path ?? '.'), name));
  return Object.freeze({
    region,
    dir: resolve(flags.data ?? 'data', region),
    host: file.host ?? '127.0.0.1',
    port: flags.port === undefined ? (file.port ?? DEFAULT_PORT) : portOf(flags.port),
    logLevel: file.log_level ?? 'warn',
    deadline: file.deadline_ms ?? 10_000,
    requestsAMinute: file.requests_a_minute ?? 60_000,
    issuers: (file.issuers ?? []).map(({ issuer, audience, keys_file: keys }) => ({ issuer, audience, keys: keySet(keys, beside(keys)) })),
    rules: {
      lead: rulesBeside(path, file.rules_file, 'rules.yaml'),
      opportunity: rulesBeside(path, file.opportunity_rules_file, 'opportunity-rules.yaml'),
    },
    policy: policyBeside(path, file.policy_file),
    stateFolder: file.state_folder === undefined ? null : resolve(dirname(path!), file.state_folder),
    duties: dutiesOf(file),
  });
}

/** The rules file that `cell.yaml` names, or the usual one where that stands beside it. */
function rulesBeside(cellFile: string | undefined, named: string | undefined, usual: string): Config['rules'][TargetName] {
  if (cellFile === undefined) return null;
  const path = resolve(dirname(cellFile), named ?? usual);
  return named === undefined && !existsSync(path) ? null : { name: path, text: readText(path) };
}

/** The policy file that `cell.yaml` names, or `policy.yaml` where that stands beside it. */
function policyBeside(cellFile: string | undefined, named: string | undefined): Config['policy'] {
  if (cellFile === undefined) return null;
  const path = resolve(dirname(cellFile), named ?? 'policy.yaml');
  return named === undefined && !existsSync(path) ? null : { name: path, document: readYaml(path) };
}

/** With what a bucket of feeds is read, under the names that every client of S3 knows. Throws a Fault that names the one that lacks. */
export function bucketCredentials(env: Readonly<Record<string, string | undefined>> = process.env): Credentials {
  const need = (name: string): string => {
    const value = env[name]?.trim();
    if (value === undefined || value === '') throw input(name, 'is not set, and feeds.yaml names a bucket', 'set it in the environment of the loader');
    return value;
  };
  return Object.freeze({ accessKey: need('AWS_ACCESS_KEY_ID'), secretKey: need('AWS_SECRET_ACCESS_KEY'), token: env['AWS_SESSION_TOKEN']?.trim() || undefined });
}

function readCellFile(path: string): Static<typeof CellFile> {
  if (!existsSync(path)) {
    throw new Fault({ kind: 'missing', value: path, rule: 'no such file', remedy: 'name with --config the folder that holds cell.yaml' });
  }
  const value = readYaml(path) ?? {};
  const flaw = schemaFlaw(CellFile, value);
  if (flaw !== null) throw input(`${path}: ${flaw.value}`, flaw.rule, 'see docs/start.md for the fields of cell.yaml');
  return value as Static<typeof CellFile>;
}

function keySet(name: string, text: string): JSONWebKeySet {
  try {
    const value = JSON.parse(text) as JSONWebKeySet;
    if (Array.isArray(value.keys)) return value;
  } catch {
    // Falls through to the one fault for whatever is no key set.
  }
  throw input(name, 'must be a JSON Web Key Set: {"keys": […]}', 'export the public keys of the issuer');
}

function regionOf(name: string): Region {
  if (name === 'us' || name === 'eu') return name;
  throw input(`cell ${quote(name)}`, 'must be us or eu', 'name one of them with --cell');
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw input(`port ${quote(text)}`, 'must be a whole number from 0 to 65535', 'give another --port, or 0 for any free one');
}

function input(value: string, rule: string, remedy: string): Fault {
  return new Fault({ kind: 'input', value, rule, remedy });
}
