import { parseDocument } from 'yaml';
import { Fault } from './errors.ts';
import { readText } from './files.ts';
import { within } from './within.ts';

/** What a YAML or JSON file holds. Throws a Fault: no such file, or no YAML, with the line. Aliases are not followed. */
export function readYaml(path: string): unknown {
  const document = parseDocument(readText(path));
  const broken = document.errors[0];
  if (broken === undefined) return plain(path, document);
  const line = broken.linePos?.[0].line ?? 1;
  throw new Fault({ kind: 'input', value: `${path}:${line}`, rule: 'is not valid YAML', remedy: `correct the line: ${broken.message.replace(/ at line [^]*/u, '')}` });
}

/** What `read` makes of a YAML or JSON file. Its Faults name the file. */
export const readYamlAs = <T>(path: string, read: (value: unknown) => T): T => within(path, () => read(readYaml(path)));

function plain(path: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new Fault({ kind: 'input', value: path, rule: 'repeats a part by an alias (*)', remedy: 'write it out', cause });
  }
}
