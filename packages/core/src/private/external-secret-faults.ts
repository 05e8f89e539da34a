import { ClusterProfile } from '../cluster-profile';
import type { ExternalSecretProps } from '../external-secret';
import {
  ExternalCreationPolicy, ExternalDecoding, ExternalDeletionPolicy, ExternalRefreshPolicy, ExternalTemplatePolicy, ExternalValue,
} from '../external-secret-options';
import { Fault } from '../faults';
import { dataFaults, keyFaults } from './config-data';
import { durationFaults } from './duration';
import { goTemplateFaults } from './go-template';
import { flagFaults, listFaults, madeFaults, otherType } from './made';
import { oneOfFaults } from './one-of';
import { quoted } from './quoted';
import { madeTypeFaults } from './secret-types';

interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** That the cluster hasn't the kind by which a Secret comes there. */
export function missingKindFaults(profile: ClusterProfile, apiVersion: string, kind: string, what: string): Fault[] {
  return profile.has(apiVersion, kind) ? [] : [{
    code: 'KEELSON1870', got: `a cluster without ${kind} of ${apiVersion}`, allowed: `on a cluster that has ${what}`,
    fix: `install it and add '${apiVersion}/${kind}' to customResources, or have the Secret made by a SecretGenerator`,
  }];
}

/** The keys that the Secret will have; undefined where only the store, or somebody else, knows. */
export function externalKeys(props: ExternalSecretProps): string[] | undefined {
  const { data = {}, dataFrom = [], templates = {}, templatePolicy, creationPolicy } = props;
  const composed = Object.keys(templates);
  if (creationPolicy === ExternalCreationPolicy.MERGE) {
    return undefined;
  }
  if (composed.length > 0 && templatePolicy === ExternalTemplatePolicy.REPLACE) {
    return composed.sort();
  }
  return dataFrom.length > 0 ? undefined : [...new Set([...Object.keys(data), ...composed])].sort();
}

/** What is wrong with an ExternalSecret. */
export function externalSecretFaults(props: ExternalSecretProps): PropFault[] {
  const { store, data, dataFrom, templates, refreshInterval } = props;
  const of = (prop: string, faults: Fault[]) => faults.map(fault => ({ prop, fault }));
  const typeFaults = [
    ...of('data', data === undefined ? [] : dataFaults(data)), ...of('dataFrom', listFaults(dataFrom, 'values of the store', "write it like [{ remoteKey: 'shop/orders' }]")),
    ...of('templates', templates === undefined ? [] : dataFaults(templates)),
  ];
  return [
    ...of('store', madeFaults(store, 'SecretStore', "cluster('vault')")),
    ...typeFaults,
    ...(typeFaults.length > 0 ? [] : contentFaults(props)),
    ...of('refreshInterval', refreshInterval === undefined ? [] : durationFaults(refreshInterval, { from: 1 })),
    ...of('immutable', flagFaults(props.immutable)),
    ...policyFaults(props),
  ];
}

function contentFaults(props: ExternalSecretProps): PropFault[] {
  const { data = {}, dataFrom = [], templates = {} } = props;
  const names = Object.keys(data);
  const known = dataFrom.length > 0 ? undefined : names.sort();
  const keys = externalKeys(props);
  const faults = {
    data: [
      ...names.length + dataFrom.length > 0 ? [] : [{
        code: 'KEELSON1871', got: 'nothing', allowed: "what is taken from the store, here or by 'dataFrom'", fix: "write it like { password: { remoteKey: 'shop/orders', property: 'password' } }",
      }],
      ...names.flatMap(key => [...keyFaults(key), ...valueFaults(key, data[key])]),
    ],
    dataFrom: dataFrom.flatMap((value, at) => valueFaults(String(at), value)),
    templates: Object.entries(templates).flatMap(([key, template]) => [...keyFaults(key), ...goTemplateFaults(key, template, known)]),
    type: madeTypeFaults(props.type, keys),
  };
  return Object.entries(faults).flatMap(([prop, all]) => all.map(fault => ({ prop, fault })));
}

function valueFaults(member: string, value: ExternalValue | undefined): Fault[] {
  if (typeof value !== 'object' || value === null) {
    return [otherType(value, 'a value of the store', "write it like { remoteKey: 'shop/orders', property: 'password' }", member)];
  }
  const text = (name: 'remoteKey' | 'property' | 'version', needed: boolean) => {
    const given: unknown = value[name];
    return (typeof given === 'string' && given !== '') || (given === undefined && !needed) ? [] : [{
      code: 'KEELSON1872', member: `${member}.${name}`, got: quoted(given), allowed: 'a text, as the store has it', fix: needed ? "write it like 'shop/orders'" : 'leave it out, or name it',
    }];
  };
  return [
    ...text('remoteKey', true), ...text('property', false), ...text('version', false),
    ...oneOfFaults('ExternalDecoding', ExternalDecoding, value.decoding, `${member}.decoding`),
  ];
}

function policyFaults(props: ExternalSecretProps): PropFault[] {
  const { refreshPolicy, refreshInterval, creationPolicy, deletionPolicy, templatePolicy, templates, immutable } = props;
  const isPeriodic = (refreshPolicy ?? ExternalRefreshPolicy.PERIODIC) === ExternalRefreshPolicy.PERIODIC;
  const isMerged = creationPolicy === ExternalCreationPolicy.MERGE;
  const faults = {
    refreshPolicy: oneOfFaults('ExternalRefreshPolicy', ExternalRefreshPolicy, refreshPolicy),
    creationPolicy: oneOfFaults('ExternalCreationPolicy', ExternalCreationPolicy, creationPolicy),
    deletionPolicy: [
      ...oneOfFaults('ExternalDeletionPolicy', ExternalDeletionPolicy, deletionPolicy),
      ...!isMerged || deletionPolicy !== ExternalDeletionPolicy.DELETE ? [] : [{
        code: 'KEELSON1873', got: "'Delete' beside creationPolicy 'Merge'", allowed: "a policy that doesn't delete the Secret that somebody else has made",
        fix: 'take ExternalDeletionPolicy.MERGE, which removes its keys, or RETAIN',
      }],
    ],
    templatePolicy: [
      ...oneOfFaults('ExternalTemplatePolicy', ExternalTemplatePolicy, templatePolicy),
      ...templatePolicy === undefined || templates !== undefined ? [] : [{
        code: 'KEELSON1877', got: quoted(templatePolicy), allowed: "left out without 'templates'", fix: 'remove it, or add templates',
      }],
    ],
    refreshInterval: isPeriodic || refreshInterval === undefined ? [] : [{
      code: 'KEELSON1878', got: `an interval beside refreshPolicy '${String(refreshPolicy)}'`, allowed: "left out where 'refreshPolicy' isn't PERIODIC: nobody looks at it",
      fix: 'remove one of the two',
    }],
    immutable: immutable !== true || !isMerged ? [] : [{
      code: 'KEELSON1879', got: "true beside creationPolicy 'Merge'", allowed: 'left out for a Secret that somebody else makes', fix: 'remove it',
    }],
  };
  return Object.entries(faults).flatMap(([prop, all]) => all.map(fault => ({ prop, fault })));
}
