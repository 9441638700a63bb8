import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The sfdx project. */
export const ROOT = at('../..');
export const HOST = at('..');
export const DIST = at('../dist');
export const DEFAULT_PACKAGE = at('../../force-app/main/default');
export const LWC = at('../../force-app/main/default/lwc');
export const HOST_MODULES = at('../modules');
