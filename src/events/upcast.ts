import type { EventData, EventSchema } from './schema.ts';

/** Clean data of an old version, lifted step by step to the newest. */
export function upcast(schema: EventSchema, version: number, data: EventData): EventData {
  return schema.versions.slice(version - 1).reduce((lifted, { upcast: lift }) => lift?.(lifted) ?? lifted, data);
}
