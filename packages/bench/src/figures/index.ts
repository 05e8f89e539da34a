import type { Figure } from './figure.js';
import { importing } from './g01-import.js';
import { oneApp } from './g02-one-app.js';
import { fromSource } from './g03-from-source.js';
import { manyApps } from './g04-many-apps.js';
import { hundredApps } from './g05-hundred-apps.js';
import { growth } from './g06-growth.js';
import { floor } from './g07-floor.js';
import { emitter } from './g08-emitter.js';
import { dependencies } from './g09-dependencies.js';
import { noCliff } from './g10-no-cliff.js';
import { kustomize } from './g11-kustomize.js';
import { databases } from './g12-databases.js';
import { sizes } from './sizes.js';

/** All figures, in the order of the table. */
export const FIGURES: readonly Figure[] = [
  importing, oneApp, fromSource, manyApps, hundredApps, growth, floor, emitter, dependencies, noCliff, kustomize, databases, sizes,
];
