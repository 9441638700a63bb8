export { createApp } from './app.ts';
export { createAuthenticator, ROLES, type Issuer, type Role } from './auth.ts';
export { createMetrics, type Metrics } from './metrics.ts';
