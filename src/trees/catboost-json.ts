import { Fault } from '../base/portable.ts';

/** A value in a CatBoost JSON model and where it stands, e.g. `oblivious_trees[3].splits[0]`: read, or a Fault thrown. */
export class Json {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  /** A member of an object; `undefined` inside where it is absent. */
  get(name: string): Json {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.wrong('an object');
    const value = Object.hasOwn(this.value, name) ? (this.value as Record<string, unknown>)[name] : undefined;
    return new Json(value, this.path === '' ? name : `${this.path}.${name}`);
  }

  isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  list(): Json[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list');
    return this.value.map((item, i) => new Json(item, `${this.path}[${i}]`));
  }

  /** The items of a list that may be absent. */
  listIfAny(): Json[] {
    return this.isAbsent() ? [] : this.list();
  }

  number(): number {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    throw this.wrong('a finite number');
  }

  index(): number {
    const value = this.number();
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value;
    throw this.wrong('an index');
  }

  text(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.wrong('a text');
  }

  private wrong(needed: string): Fault {
    return unreadable(this.path === '' ? 'the file' : this.path.slice(0, 80), `${needed} is needed there`);
  }
}

/** The file is no CatBoost model. */
export function unreadable(value: string, rule: string): Fault {
  const remedy = "export the model again: save_model(path, format='json')";
  return new Fault({ kind: 'input', value, rule, remedy });
}
