import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Labels } from '../labels';
import { Metadata } from '../metadata';

/** Labels of a Secret that isn't in a manifest: no tool follows by them what it prunes. Ask for all of them at synth. */
export function secretLabels(
  scope: IConstruct, name: string, given: { [key: string]: string } = {},
): { readonly own: { [key: string]: string }; readonly all: () => { [key: string]: string } } {
  const own = { ...Labels.recommended(scope, name), ...given };
  return { own, all: () => ({ ...Chart.of(scope).labels, ...Object.fromEntries(Metadata._labelsAt(scope)), ...own }) };
}
