import { EnvValue, Fault, Faults } from '@keelson/core';
import { ConnectionValue } from '../connection-value';
import { shown } from './made';

/** What is wrong with the variables that clients are to get, connected or not. */
export function clientVariableFaults(variables: { readonly [variable: string]: ConnectionValue } = {}): Fault[] {
  return Object.entries(variables).flatMap(([variable, of]) => Faults.within(variable, [
    ...EnvValue.faultsOfName(variable),
    ...Object.values(ConnectionValue).includes(of) ? [] : [{
      code: 'KEELSON3027', got: shown(of), allowed: 'a ConnectionValue', fix: 'use one such as ConnectionValue.HOST',
    }],
  ]));
}
