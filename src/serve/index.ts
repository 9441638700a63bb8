export { createApp } from './app.ts';
export { createAuthenticator, ROLES, type Issuer, type Role } from './auth.ts';
export { createDecide, type CurrentModel, type Decide, type ModelSource, type TargetParts } from './decide.ts';
export { createIntake } from './intake.ts';
export { createMetrics } from './metrics.ts';
export type { Insight, WhyAnswer, Worklist } from './schema.ts';
export { createService } from './service.ts';
export { createVisibility } from './visibility.ts';
export type { Adoption, Disputes } from './schema-monitor.ts';
