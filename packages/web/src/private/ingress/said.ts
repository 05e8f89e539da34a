import { Fault, IngressController } from '@keelson/core';
import { ExposureRequest, Route } from '../target-renderer';

/** What ingress-nginx, and who reads like it, reads of an Ingress. */
export const PREFIX = 'nginx.ingress.kubernetes.io/';

/** One host of an exposure, and who carries it out. */
export interface Asked {
  readonly request: ExposureRequest;
  readonly route: Route;
  readonly controller: IngressController;
  /** How messages name it. */
  readonly door: string;
}

/** What a feature comes to: values by annotation, without what is before the names, and why it can't be. */
export interface Said {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: Fault[];
}

export const NOTHING: Said = { values: {}, faults: [] };

/** Several as one. */
export function together(all: readonly Said[]): Said {
  return { values: Object.assign({}, ...all.map(({ values }) => values)), faults: all.flatMap(({ faults }) => faults) };
}
