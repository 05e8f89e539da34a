import { IConstruct } from 'constructs';
import { Inherited } from './inherited';

/** Annotations by what is annotated; none where it isn't meant. */
export type AnnotationsOf = (apiVersion: string, kind: string, object: IConstruct) => { readonly [key: string]: string } | undefined;

const inherited = new Inherited<AnnotationsOf>();

/**
 * Annotates the objects at and below a construct, also those that are made later, and not their pods. What an object says itself wins,
 * and so does what is said nearer to it; of two for one construct the second.
 */
export function annotateObjects(scope: IConstruct, annotations: AnnotationsOf): void {
  const before = inherited.own(scope);
  const both: AnnotationsOf = (...object) => ({ ...before?.(...object), ...annotations(...object) });
  inherited.set(scope, before === undefined ? annotations : both);
}

/** The annotations that come to an object so. */
export function objectAnnotations(object: IConstruct, apiVersion: string, kind: string): [string, string][] {
  return inherited.all(object).flatMap(annotations => Object.entries(annotations(apiVersion, kind, object) ?? {}));
}
