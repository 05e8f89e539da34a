import { Fault, Faults } from '@keelson/core';
import { ServerProps } from '../server-props';
import { made, valueFaults } from './made';

/** What is wrong with the alerts of a database, of which `replicas` others follow. */
export function alertsFaults({ alerts, metrics, storage }: ServerProps, replicas: number): Fault[] {
  const given = made(alerts)?._given;
  if (given === undefined || alerts?.isNone === true) {
    return valueFaults(alerts, 'DatabaseAlerts', 'of()');
  }
  return [
    ...alerts?.faults ?? [],
    ...metrics === true ? [] : [{ code: 'KEELSON3170', got: 'some', allowed: "left out without 'metrics', which they ask", fix: 'add metrics: true, or remove it' }],
    ...given.replicationLag === undefined || replicas > 0 ? [] : notThere('replicationLag', "without 'readReplicas'"),
    ...given.volumePercent === undefined || made(storage)?.isEphemeral !== true ? [] : notThere('volumePercent', 'where nothing is kept: only claims are measured'),
  ];
}

function notThere(member: string, where: string): Fault[] {
  return Faults.within(member, [{ code: 'KEELSON3172', got: 'one', allowed: `left out ${where}`, fix: 'remove it' }]);
}
