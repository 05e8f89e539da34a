import { IConstruct } from 'constructs';
import type { Connections } from '../connections';
import { Faults } from '../faults';

/** Has a construct say what is wrong with connections of an end that no policy of the app selects: nobody else may. */
export function reportUnpoliced(scope: IConstruct, ends: () => Connections[]): void {
  const between = (end: Connections) => (end._hasPolicy ? [] : end._faults.filter(({ code }) => code === 'KEELSON1366'));
  scope.node.addValidation({ validate: () => [...new Set(ends().flatMap(between).map(fault => Faults.describe('connections', fault)))] });
}
