// Writes every table and its folds as plain arrays, for learners in any language.
// Usage: node bench/quality/export.ts SHARED_DATA [BUILD] [FIRST_SEED LAST_SEED]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldOf, readTable, slug, SOURCES } from './tables.ts';

const [shared = '../shared/data', build = 'build/quality', first = '0', last = '9'] = process.argv.slice(2);

for (const source of SOURCES) {
  const table = await readTable(source, shared, build);
  const folder = join(build, slug(source.name));
  mkdirSync(folder, { recursive: true });
  const { columns, rows } = table.data;
  columns.forEach((column, c) => {
    writeFileSync(join(folder, `${c}.column`), column.kind === 'numeric' ? column.values : column.codes);
  });
  writeFileSync(join(folder, 'labels'), table.labels);
  const described = columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    ...(column.kind === 'categorical' && { levels: column.levels }),
  }));
  writeFileSync(join(folder, 'table.json'), JSON.stringify({ name: source.name, rows, columns: described }));
  for (let seed = Number(first); seed <= Number(last); seed++) {
    const { train, test } = foldOf(table, seed, source.inTime === true);
    writeFileSync(join(folder, `${seed}.train`), train);
    writeFileSync(join(folder, `${seed}.test`), test);
  }
  process.stdout.write(`${source.name}: ${rows} × ${columns.length}\n`);
}
