export type { Org, OrgLead, OrgUser } from './org.ts';
export { pageRoutes, type Callout, type OrgPoints } from './page.ts';
export type { RawEvent } from './raw.ts';
export { world, type World, type WorldOptions } from './world.ts';
export type { Delivery } from './world/deliver.ts';
export { loadWorld, worldNames } from './world/load.ts';
export type { Erasure } from './world/erasure.ts';
export type { WorldParams } from './world/params.ts';
