import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canonicalJson, contentId, Fault, onDisk, quote, writeFileAtomic } from '../base/index.ts';
import type { engine } from '../rank/index.ts';

/** The exports of a compiled decision engine. */
export type EngineModule = typeof engine;

/**
 * What decisions were made with, by content address, kept for as long as a decision may be questioned: engine files,
 * rule sets, policies, column lists.
 */
export interface Archive {
  /** Takes in a compiled engine file. Returns its id. */
  keepEngine(path: string): string;
  /** Loads an engine after checking its bytes against its id. Throws a Fault (`missing`, `corrupt`). */
  engine(id: string): Promise<EngineModule>;
  /** Takes in plain data. Returns the first 32 hex digits of the SHA-256 over its canonical JSON. */
  keep(document: unknown): string;
  /** Plain data by its hash. Throws a Fault (`missing`, `corrupt`). */
  document(hash: string): unknown;
}

export function openArchive(dir: string): Archive {
  const engines = new Map<string, Promise<EngineModule>>();
  const documents = new Map<string, unknown>();
  return {
    keepEngine(path) {
      const bytes = onDisk(path, () => readFileSync(path));
      const id = contentId(bytes);
      const kept = join(dir, `${id}.mjs`);
      if (!existsSync(kept)) writeFileAtomic(kept, bytes);
      return id;
    },
    engine(id) {
      const loading = engines.get(id) ?? loadEngine(join(dir, `${checkAddress(id)}.mjs`));
      engines.set(id, loading);
      loading.catch(() => engines.delete(id));
      return loading;
    },
    keep(document) {
      const text = canonicalJson(document);
      const hash = contentId(text);
      const kept = join(dir, `${hash}.json`);
      if (!existsSync(kept)) writeFileAtomic(kept, text);
      return hash;
    },
    document(hash) {
      if (!documents.has(hash))
        documents.set(hash, JSON.parse(readAddressed(join(dir, `${checkAddress(hash)}.json`), hash).toString()));
      return documents.get(hash);
    },
  };
}

/**
 * Loads one engine file `<id>.mjs`, after checking its bytes against its name. Throws a Fault (`missing`, `corrupt`).
 */
export async function loadEngine(path: string): Promise<EngineModule> {
  const id = /([0-9a-f]{32})\.mjs$/.exec(path)?.[1];
  readAddressed(path, checkAddress(id ?? path));
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as EngineModule;
}

function readAddressed(path: string, expected: string): Buffer {
  const bytes = onDisk(path, () => readFileSync(path));
  if (contentId(bytes) === expected) return bytes;
  throw new Fault({
    kind: 'corrupt',
    value: path,
    rule: 'does not match its hash',
    remedy: 'restore it from a backup',
  });
}

/** Keeps a hash that came from elsewhere from naming another folder. */
function checkAddress(hash: string): string {
  if (/^[0-9a-f]{32}$/.test(hash)) return hash;
  throw new Fault({ kind: 'input', value: quote(hash), rule: 'is no content address', remedy: 'give 32 hex digits' });
}
