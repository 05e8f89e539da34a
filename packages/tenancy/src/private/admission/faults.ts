import { Fault, Faults, HostName, Labels, ResourceName } from '@keelson/core';
import { AdmissionProps } from '../../admission-props';

const SEGMENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REGISTRY = new RegExp(`^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/${SEGMENT})*$`);
const KEY = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ADDRESS = /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$/;
/** Whoever is nobody in particular. */
const EVERYBODY = ['system:anonymous', 'system:authenticated', 'system:serviceaccounts', 'system:unauthenticated'];

/** A registry in its one form: host names have no case, and Docker Hub has an old name. */
export function registryOf(written: string): string {
  const [host = '', ...path] = written.split('/');
  const lower = host.toLowerCase();
  return [lower === 'index.docker.io' ? 'docker.io' : lower, ...path].join('/');
}

/** What is wrong with the props. */
export function admissionFaults(props: AdmissionProps): Fault[] {
  const { certManager, nodeSelector = {} } = props;
  return [
    ...each('hostNames', props.hostNames, name => HostName.faultsOf(name, { wildcard: true })),
    ...each('registries', props.registries, registryFaults),
    ...each('externalIps', props.externalIps, addressFaults),
    ...each('storageClasses', props.storageClasses, name => ResourceName.faultsOf('StorageClass', name)),
    ...each('volumeNames', props.volumeNames, name => ResourceName.faultsOf('PersistentVolume', name)),
    ...each('ingressAnnotations', props.ingressAnnotations, annotationFaults),
    ...each('clusterIssuers', props.clusterIssuers, name => ResourceName.faultsOf('ClusterIssuer', name)),
    ...each('issuers', props.issuers, name => ResourceName.faultsOf('Issuer', name)),
    ...each('priorityClasses', props.priorityClasses, name => ResourceName.faultsOf('PriorityClass', name)),
    ...each('runtimeClasses', props.runtimeClasses, name => ResourceName.faultsOf('RuntimeClass', name)),
    ...each('ingressClasses', props.ingressClasses, name => ResourceName.faultsOf('IngressClass', name)),
    ...each('gatewayClasses', props.gatewayClasses, name => ResourceName.faultsOf('GatewayClass', name)),
    ...each('gateways', props.gateways, ({ faults }) => faults),
    ...Faults.within('nodeSelector', Object.entries(nodeSelector).flatMap(([key, value]) => Labels.faultsOf(key, value))),
    ...each('tolerations', props.tolerations, keyFaults),
    ...each('platformGroups', props.platformGroups, platformFaults),
    ...each('platformUsers', props.platformUsers, platformFaults),
    ...certManager === undefined || certManager.namespace !== undefined ? [] : [{
      code: 'KEELSON4034', member: 'certManager', got: `the ServiceAccount ${Faults.quoted(certManager.name)} in no namespace that is known`,
      allowed: 'a ServiceAccount whose namespace is known', fix: "name it: ServiceAccount.fromServiceAccountName('cert-manager', 'cert-manager')",
    }],
  ];
}

function each<T>(member: string, values: readonly T[] | undefined, faultsOf: (value: T) => Fault[]): Fault[] {
  return (values ?? []).flatMap((value, at) => Faults.within(`${member}[${at}]`, faultsOf(value)));
}

function registryFaults(registry: string): Fault[] {
  return typeof registry === 'string' && REGISTRY.test(registryOf(registry)) ? [] : [{
    code: 'KEELSON4030', got: Faults.quoted(registry), allowed: 'a registry, or a part of one, without tag and scheme', fix: "write it like 'registry.example.com/shop'",
  }];
}

function addressFaults(address: string): Fault[] {
  return typeof address === 'string' && ADDRESS.test(address) ? [] : [{
    code: 'KEELSON4031', got: Faults.quoted(address), allowed: 'an IP address', fix: "write it like '192.0.2.10', as Services have it",
  }];
}

function keyFaults(key: string): Fault[] {
  return typeof key === 'string' && KEY.test(key) ? [] : [{
    code: 'KEELSON4032', got: Faults.quoted(key), allowed: 'the key of a taint', fix: "write it like 'example.com/dedicated', without value and effect",
  }];
}

function annotationFaults(key: string): Fault[] {
  return typeof key === 'string' && KEY.test(key.replace(/\/\*$/, '/a')) ? [] : [{
    code: 'KEELSON4038', got: Faults.quoted(key), allowed: "the key of an annotation, or a domain with '/*'", fix: "write it like 'example.com/owner' or 'example.com/*'",
  }];
}

function platformFaults(name: string): Fault[] {
  return typeof name === 'string' && name.trim() !== '' && !EVERYBODY.includes(name) ? [] : [{
    code: 'KEELSON4033', got: Faults.quoted(name), allowed: 'the name of a group or user of the platform, and not everybody', fix: "write it as authentication gives it, such as 'oidc:platform'",
  }];
}
