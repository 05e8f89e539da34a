import type { JsonObject } from '../manifest.js';

/** Says what is wrong, and where in the object. */
export type Report = (path: string, text: string) => void;

/** Something that the API server enforces beyond its schema, or that it takes and that then can't work. */
export type Rule = (object: JsonObject, report: Report) => void;
