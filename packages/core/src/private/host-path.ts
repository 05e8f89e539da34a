import { HostPathType } from '../host-path-type';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';
import { described, VolumeSource } from './volume-source';

/** A directory or file of the node. */
export function hostPathSource(path: string, type: HostPathType | undefined): VolumeSource {
  const good = typeof path === 'string' && path.startsWith('/') && !path.split('/').includes('..');
  const faults = good ? [] : [{ code: 'KEELSON1326', got: quoted(path), allowed: "an absolute path without '..'", fix: "write it like '/var/log'" }];
  return described({ hostPath: { path, type } }, [...faults, ...oneOfFaults('HostPathType', HostPathType, type, 'type')]);
}
