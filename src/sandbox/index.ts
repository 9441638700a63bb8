export { org, type Org, type OrgLead, type OrgOptions, type OrgUser } from './org.ts';
export type { RawEvent } from './raw.ts';
export { world, type Truth, type World, type WorldOptions } from './world.ts';
export { pageRoutes, type Callout } from './page.ts';
