import { Duration } from 'cdk8s';
import { ClusterFacts } from '../profile/cluster-facts';
import { Fault } from '../faults';
import { Image } from '../image';
import { IpFamily } from '../ip-family';
import { ClusterProfileProps } from '../profile/cluster-profile-props';
import { ClusterStorageClass } from '../profile/cluster-storage-class';
import { HelperImages } from '../profile/helper-images';
import { ImageMirror } from '../profile/image-mirror';
import { MeshDataPlane } from '../profile/mesh';
import { ResourceName } from '../resource-name';
import { imagePolicyFaults } from './image-policy';
import { nodePortRangeFaults } from './node-ports';
import { oneOfFaults } from './one-of';
import { repeated } from './profile-checks';
import { networkFaults } from './profile-networks';
import { pullSecretFaults } from './pull-secret-faults';
import { quoted } from './quoted';
import { referenceFaults } from './references';
import { within } from './within';

/** All that is wrong with a profile, each fault under its prop. */
export function profileFaults(profile: ClusterFacts, props: ClusterProfileProps): Fault[] {
  return [
    ...within('version', profile.version.faults),
    ...within('cni', profile.cni.faults),
    ...resolverFaults(profile),
    ...within('gateway', profile.gateway?.faults ?? []),
    ...gatewayApiFaults(profile),
    ...networkPolicyApiFaults(profile),
    ...within('ingress', profile.ingress?.faults ?? []),
    ...within('traefik', profile.traefik?.faults ?? []),
    ...storageFaults(profile.storageClasses),
    ...within('apiServer', props.apiServer?.faults ?? []),
    ...domainFaults(profile.clusterDomain),
    ...networkFaults(profile),
    ...familyFaults(profile),
    ...within('monitoring', profile.monitoring?.faults ?? []),
    ...within('mesh', meshFaults(profile)),
    ...within('loadBalancers', profile.loadBalancers.faults),
    ...within('nodePortRange', nodePortRangeFaults(profile.nodePortRange)),
    ...drainFaults(profile.loadBalancerDrain),
    ...mirrorFaults(profile.imageMirrors),
    ...pullSecretFaults(profile),
    ...within('priorityClass', profile.priorityClass === undefined ? [] : referenceFaults(profile.priorityClass, 'PriorityClass')),
    ...profile.allowedRegistries.flatMap((registry, at) => registryFaults(`allowedRegistries[${at}]`, registry, 'registry.example.com')),
    ...helperImageFaults(profile, props),
    ...customResourceFaults(props.customResources ?? []),
  ];
}

function resolverFaults({ dnsResolvers }: ClusterFacts): Fault[] {
  return dnsResolvers.length === 0 ? [{
    code: 'KEELSON1176', member: 'dnsResolvers', got: 'none', allowed: 'at least one DNS resolver',
    fix: "give the cluster's own, or leave 'dnsResolvers' out",
  }] : dnsResolvers.flatMap((resolver, at) => within(`dnsResolvers[${at}]`, resolver.faults));
}

/**
 * From 1.6 on, Gateway API brings kinds and CEL functions that an API server of 1.27 refuses (measured);
 * its ValidatingAdmissionPolicy is of `admissionregistration.k8s.io/v1`, which comes with Kubernetes 1.30.
 */
function gatewayApiFaults({ version, gateway, gatewayApi }: ClusterFacts): Fault[] {
  const faults = within('gatewayApi', gatewayApi.faults);
  if (faults.length === 0 && version.faults.length === 0 && gatewayApi.isAtLeast('1.6') && !version.isAtLeast('1.30')) {
    faults.push({
      code: 'KEELSON1155', member: 'gatewayApi', got: `${gatewayApi.version} on Kubernetes ${version.text}`,
      allowed: '1.5 or older on Kubernetes before 1.30', fix: 'install the CRDs of Gateway API 1.4, or upgrade the cluster',
    });
  }
  if (gateway?.admitsListenerSets === true && gatewayApi.faults.length === 0 && !gatewayApi.serves('v1', 'ListenerSet')) {
    faults.push({
      code: 'KEELSON1175', member: 'gateway.admitsListenerSets', got: `true with Gateway API ${gatewayApi.version}`,
      allowed: 'false before Gateway API 1.5, which brought ListenerSet', fix: "say 'gatewayApi: GatewayApi.standard('1.5')' where its CRDs are installed",
    });
  }
  return faults;
}

/** A proxy that is a usual container of its pod keeps a Job from ending, and init containers from the network. */
function meshFaults({ mesh, version }: ClusterFacts): Fault[] {
  const isTooOld = mesh?.dataPlane === MeshDataPlane.SIDECAR && version.faults.length === 0 && !version.isAtLeast('1.29');
  return [...mesh?.faults ?? [], ...!isTooOld ? [] : [{
    code: 'KEELSON1180', member: 'dataPlane', got: `'sidecar' on Kubernetes ${version.text}, where a sidecar keeps Jobs from ending and init containers from the network`,
    allowed: "'ambient' before Kubernetes 1.29, whose sidecar containers start first and end last", fix: 'take MeshDataPlane.AMBIENT, or upgrade the cluster',
  }]];
}

/** Its CRD asks for `isCIDR`, a function of CEL that a CRD may use from Kubernetes 1.31 on. */
function networkPolicyApiFaults({ version, networkPolicyApi }: ClusterFacts): Fault[] {
  const faults = within('networkPolicyApi', networkPolicyApi?.faults ?? []);
  return networkPolicyApi === undefined || faults.length > 0 || version.faults.length > 0 || version.isAtLeast('1.31') ? faults : [{
    code: 'KEELSON1192', member: 'networkPolicyApi', got: `${networkPolicyApi.version} on Kubernetes ${version.text}`,
    allowed: 'left out on Kubernetes before 1.31, which refuses its CRD', fix: 'upgrade the cluster, or leave it out',
  }];
}

function storageFaults(classes: ClusterStorageClass[]): Fault[] {
  const defaults = classes.filter(({ isDefault }) => isDefault === true).map(({ name }) => `'${name}'`);
  return [
    ...classes.flatMap(({ name }, at) => within(`storageClasses[${at}].name`, ResourceName.faultsOf('StorageClass', name))),
    ...repeated(classes.map(({ name }) => name)).map(name => ({
      code: 'KEELSON1165', member: 'storageClasses', got: `${quoted(name)} twice`, allowed: 'classes of different names', fix: 'describe each class once',
    })),
    ...defaults.length <= 1 ? [] : [{
      code: 'KEELSON1164', member: 'storageClasses', got: `${defaults.length} defaults, ${defaults.join(' and ')}`,
      allowed: 'classes of which one at most is the default', fix: "keep 'isDefault' on the one that claims without a class get",
    }],
  ];
}

const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LONGEST_LABEL = 63;

/** A full name of a Service is its name, its namespace (63 each), `svc` and this; names end at 253. */
const LONGEST_DOMAIN = 253 - 63 - 63 - '..svc.'.length;

function domainFaults(domain: string): Fault[] {
  const short = domain.length <= LONGEST_DOMAIN && domain.split('.').every(label => label.length <= LONGEST_LABEL);
  return short && DOMAIN.test(domain) ? [] : [{
    code: 'KEELSON1167', member: 'clusterDomain', got: quoted(domain),
    allowed: `a domain of at most ${LONGEST_DOMAIN} lower-case letters, digits and '-', each label of at most 63`, fix: "write it like 'cluster.local', as the kubelet's clusterDomain",
  }];
}

function familyFaults({ ipFamilies }: ClusterFacts): Fault[] {
  const unknown = ipFamilies.flatMap((family, at) => oneOfFaults('IpFamily', IpFamily, family, `ipFamilies[${at}]`));
  return unknown.length > 0 ? unknown : ipFamilies.length > 0 && repeated(ipFamilies).length === 0 ? [] : [{
    code: 'KEELSON1168', member: 'ipFamilies', got: ipFamilies.length === 0 ? 'none' : ipFamilies.join(', '),
    allowed: 'IPv4, IPv6 or both, each once', fix: "leave 'ipFamilies' out where the cluster has IPv4 only",
  }];
}

const LONGEST_DRAIN = Duration.hours(1).toSeconds();

function drainFaults(drain: Duration): Fault[] {
  const seconds = drain.toSeconds({ integral: false });
  return Number.isInteger(seconds) && seconds <= LONGEST_DRAIN ? [] : [{
    code: 'KEELSON1171', member: 'loadBalancerDrain', got: `${seconds} s`, allowed: `whole seconds from 0 to ${LONGEST_DRAIN}`,
    fix: "give the load balancer's deregistration delay, such as Duration.seconds(15)",
  }];
}

const REGISTRY = /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;

function mirrorFaults(mirrors: ImageMirror[]): Fault[] {
  return [
    ...mirrors.flatMap(({ registry, mirror }, at) => [
      ...registryFaults(`imageMirrors[${at}].registry`, registry, 'docker.io'),
      ...registryFaults(`imageMirrors[${at}].mirror`, mirror, 'registry.example.com/docker-hub'),
    ]),
    ...repeated(mirrors.map(({ registry }) => registry)).map(registry => ({
      code: 'KEELSON1172', member: 'imageMirrors', got: `${quoted(registry)} twice`, allowed: 'one mirror for each registry', fix: 'keep the one to pull from',
    })),
  ];
}

function registryFaults(member: string, text: string, example: string): Fault[] {
  return REGISTRY.test(text) ? [] : [{
    code: 'KEELSON1173', member, got: quoted(text), allowed: 'a registry, with or without a path',
    fix: `write it like '${example}', without a scheme and without '/' at the end`,
  }];
}

/** Where the registries are wrong, which image they allow is no question; one that nobody named is judged where it is used. */
function helperImageFaults(profile: ClusterFacts, { helperImages }: ClusterProfileProps): Fault[] {
  const { allowedRegistries, imageMirrors, waitImage: wait, generateImage: generate } = profile;
  const known = [...allowedRegistries, ...imageMirrors.map(({ mirror }) => mirror)].every(registry => REGISTRY.test(registry));
  return Object.entries({ wait, generate }).flatMap(([name, reference]) => {
    const image = Image.parse(reference);
    const isGiven = helperImages?.[name as keyof HelperImages] !== undefined;
    return within(`helperImages.${name}`, [...image.faults, ...known && isGiven ? imagePolicyFaults(image, profile) : []]);
  });
}

const CUSTOM_KIND = /^[a-z0-9-]+(\.[a-z0-9-]+)+\/v[0-9][a-z0-9]*\/[A-Z][A-Za-z0-9]*$/;

function customResourceFaults(kinds: string[]): Fault[] {
  return kinds.flatMap((kind, at) => CUSTOM_KIND.test(kind) ? [] : [{
    code: 'KEELSON1174', member: `customResources[${at}]`, got: quoted(kind), allowed: 'group, version and kind of a custom resource',
    fix: "write it like 'cert-manager.io/v1/Certificate'",
  }]);
}
