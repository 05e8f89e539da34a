import type { Figure } from './figure.js';
import { manyApps } from './g04-many-apps.js';

export const FIGURES: readonly Figure[] = [manyApps];
