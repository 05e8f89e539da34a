import type { EdgeCase } from '../edge-case.js';
import { ACCESS } from './access.js';
import { BEHIND } from './behind.js';
import { OLDER_DEFINITIONS } from './older-definitions.js';
import { PATHS } from './paths.js';
import { ROUTING } from './routing.js';
import { TRAFFIC } from './traffic.js';

/** Every feature that requests are sent for. */
export const CASES: readonly EdgeCase[] = [...ROUTING, ...ACCESS, ...OLDER_DEFINITIONS, ...PATHS, ...TRAFFIC, ...BEHIND];
