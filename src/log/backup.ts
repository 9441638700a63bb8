import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyFileSync, existsSync } from 'node:fs';
import { Fault, fileFault, makeFolder, writeFileAtomic } from '../base/index.ts';
import { openManifest, type Manifest } from './history/manifest.ts';
import { listGenerations, openGeneration, openNewest } from './lmdb/generation.ts';
import { storeFault } from './faults.ts';

/**
 * Copies the log as of one moment to a new folder, while others append, compact and erase. Returns the offset after its
 * last event and its epoch. Throws a Fault.
 */
export async function backupLog(path: string, target: string): Promise<{ end: number; epoch: number }> {
  makeFolder(target, { mode: 0o700 });
  // LMDB first: what moves to the history meanwhile is then in both, which readers expect; the other way round it is in none
  const { end, epoch } = await copyTail(path, target);
  const manifest = copyHistory(join(path, 'history'), join(target, 'history'));
  return { end, epoch: epoch + manifest.epoch };
}

async function copyTail(path: string, target: string): Promise<{ end: number; epoch: number }> {
  for (;;) {
    const source = openNewest(path);
    const file = join(target, basename(source.path));
    try {
      await source.root.backup(file, true);
    } catch (cause) {
      rmSync(file, { force: true });
      if (listGenerations(path)[0] !== source.number) continue; // an erasure replaced it
      throw storeFault(file, cause);
    } finally {
      await source.root.close();
    }
    const copy = openGeneration(file, source.number);
    const tail = { end: copy.meta.get('next') ?? 0, epoch: copy.meta.get('epoch') ?? 0 };
    copy.root.transactionSync(() => copy.meta.removeSync('sealed')); // its process does not copy this file
    await copy.root.close();
    rmSync(`${file}-lock`, { force: true });
    return tail;
  }
}

function copyHistory(from: string, to: string): Manifest {
  const source = openManifest(from);
  for (;;) {
    const manifest = source.read();
    if (manifest.segments.length === 0) return manifest;
    const missing = manifest.segments.flatMap(({ parts }) => parts).find(({ file }) => !copyPart(join(from, file), join(to, file)));
    if (missing === undefined) {
      writeFileAtomic(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
      return manifest;
    }
    rmSync(to, { recursive: true, force: true });
    if (source.read() !== manifest) continue; // an erasure replaced it
    throw new Fault({ kind: 'missing', value: join(from, missing.file), rule: 'the history names it', remedy: 'restore it from an earlier backup' });
  }
}

function copyPart(from: string, to: string): boolean {
  makeFolder(join(to, '..'), { mode: 0o700 });
  try {
    copyFileSync(from, to);
    return true;
  } catch (cause) {
    if (existsSync(from)) throw fileFault(to, cause);
    return false;
  }
}
