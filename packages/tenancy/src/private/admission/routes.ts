import { AdmissionProps } from '../../admission-props';
import { allowed, any, flat, list, text } from './cel';
import { DNS_HOSTS, hostsAllowed, hostsNamed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Matched, Policy, Validation } from './policy';

const GATEWAY_API = 'gateway.networking.k8s.io';
/** Each version that a kind was ever served in: one that isn't listed would be asked for instead. */
const VERSIONS = ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'];
const IN_GATEWAY_API = (...resources: string[]): Matched[] => [{ apiGroups: [GATEWAY_API], apiVersions: VERSIONS, resources }];
/** Keys of annotations by which ingress controllers take more hosts, or any configuration. */
const MORE_BY_ANNOTATION = "key.matches('/(server-alias(-regex)?|[a-z-]*snippets?)$')";

/** Ingresses: hosts and class. */
export function ingressPolicy({ hostNames, ingressClasses }: AdmissionProps, solver: string): Policy {
  const byAnnotation = "variables.annotations[?'kubernetes.io/ingress.class']";
  return {
    name: 'ingresses',
    matched: [{ apiGroups: ['networking.k8s.io'], apiVersions: ['v1'], resources: ['ingresses'] }],
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...hostNames === undefined ? {} : hostVariables(flat([
        "object.spec.?rules.orValue([]).map(each, each.?host.orValue(''))", "object.spec.?tls.orValue([]).map(each, each.?hosts.orValue([]).join(' '))", DNS_HOSTS,
      ]), hostNames),
      ...ingressClasses === undefined ? {} : {
        classes: `[object.spec.?ingressClassName.orValue('')].filter(each, each != '') + (${byAnnotation}.hasValue() ? [${byAnnotation}.value()] : [])`,
      },
    },
    validations: [
      ...hostNames === undefined ? [] : [
        hostsNamed("object.spec.?rules.orValue([]).all(each, each.?host.orValue('') != '')", 'each rule'),
        hostsNamed('object.spec.?tls.orValue([]).all(each, each.?hosts.orValue([]).size() > 0)', 'each entry of tls'),
        { expression: '!has(object.spec.defaultBackend)', message: 'defaultBackend must be left out: it has the requests of all hosts that nobody claims' },
        {
          expression: `!variables.annotations.exists(key, ${MORE_BY_ANNOTATION})`, message: 'annotations must claim no more hosts, and hold no configuration',
          got: `variables.annotations.filter(key, ${MORE_BY_ANNOTATION}).join(', ')`,
        },
        hostsAllowed(hostNames),
      ],
      ...ingressClasses === undefined ? [] : [{
        expression: `${solver} || (variables.classes.size() > 0 && variables.classes.all(each, each in ${list(ingressClasses)}))`,
        message: `the IngressClass must be ${allowed(ingressClasses)}`, got: "(variables.classes.size() == 0 ? 'none' : variables.classes.join(', '))",
      }],
    ],
  };
}

/** HTTPRoutes, GRPCRoutes and TLSRoutes: hosts, and the Gateways they attach to. */
export function routePolicy({ hostNames, gateways }: AdmissionProps, solver: string): Policy {
  return {
    name: 'routes',
    matched: IN_GATEWAY_API('grpcroutes', 'httproutes', 'tlsroutes'),
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...hostNames === undefined ? {} : hostVariables(flat(['object.spec.?hostnames.orValue([])', DNS_HOSTS]), hostNames),
      ...gateways === undefined ? {} : strangeParents('object.spec.?parentRefs.orValue([])', gateways),
    },
    validations: [
      ...hostNames === undefined ? [] : [hostsNamed('object.spec.?hostnames.orValue([]).size() > 0', 'a route'), hostsAllowed(hostNames)],
      ...parentsAllowed(gateways, solver),
    ],
  };
}

/** Gateways of the tenant's own: hosts and class. */
export function gatewayPolicy({ hostNames, gatewayClasses }: AdmissionProps): Policy {
  return {
    name: 'gateways',
    matched: IN_GATEWAY_API('gateways'),
    watched: ['spec', ANNOTATIONS],
    variables: { ...annotations, ...listenerVariables(hostNames) },
    validations: [
      ...listenersAllowed(hostNames),
      ...gatewayClasses === undefined ? [] : [{
        expression: `object.spec.gatewayClassName in ${list(gatewayClasses)}`, message: `the GatewayClass must be ${allowed(gatewayClasses)}`, got: 'object.spec.gatewayClassName',
      }],
    ],
  };
}

/** Listeners that a tenant adds to a Gateway: hosts, and the Gateway. */
export function listenerSetPolicy({ hostNames, gateways }: AdmissionProps): Policy {
  return {
    name: 'listenersets',
    matched: [...IN_GATEWAY_API('listenersets'), { apiGroups: ['gateway.networking.x-k8s.io'], apiVersions: ['v1alpha1'], resources: ['xlistenersets'] }],
    watched: ['spec', ANNOTATIONS],
    variables: { ...annotations, ...listenerVariables(hostNames), ...gateways === undefined ? {} : strangeParents('[object.spec.parentRef]', gateways) },
    validations: [...listenersAllowed(hostNames), ...parentsAllowed(gateways, 'false')],
  };
}

/** Routes that know no hosts: they take a whole port. */
export function portRoutePolicy({ hostNames }: AdmissionProps): Policy {
  return {
    name: 'portroutes',
    matched: [
      ...IN_GATEWAY_API('tcproutes', 'udproutes'),
      { apiGroups: ['traefik.io', 'traefik.containo.us'], apiVersions: ['v1alpha1'], resources: ['ingressrouteudps'] },
    ],
    watched: ['spec'],
    variables: {},
    validations: hostNames === undefined ? [] : [{
      expression: 'false', message: 'routes must be of a kind that claims hosts: this one takes all of a port', got: 'request.kind.kind',
    }],
  };
}

function listenerVariables(hostNames: readonly string[] | undefined): Record<string, string> {
  return hostNames === undefined ? {} : hostVariables(flat(["object.spec.?listeners.orValue([]).map(each, each.?hostname.orValue(''))", DNS_HOSTS]), hostNames);
}

function listenersAllowed(hostNames: readonly string[] | undefined): Validation[] {
  return hostNames === undefined ? [] : [
    hostsNamed("object.spec.?listeners.orValue([]).all(each, each.?hostname.orValue('') != '')", 'each listener'), hostsAllowed(hostNames),
  ];
}

/** What is in the tenant's own namespace was admitted itself. */
function strangeParents(parents: string, gateways: NonNullable<AdmissionProps['gateways']>): Record<string, string> {
  const named = gateways.map(({ name, namespace }) =>
    `each.?kind.orValue('Gateway') == 'Gateway' && each.?namespace.orValue('') == ${text(namespace)} && each.name == ${text(name)}`);
  return { parents: `${parents}.filter(each, !(${any(['each.?namespace.orValue(request.namespace) == request.namespace', ...named])}))` };
}

function parentsAllowed(gateways: AdmissionProps['gateways'], solver: string): Validation[] {
  return gateways === undefined ? [] : [{
    expression: `${solver} || variables.parents.size() == 0`,
    message: `parents must be in the tenant's own namespace or ${allowed(gateways.map(({ name, namespace }) => `Gateway ${namespace}/${name}`))}`,
    got: "variables.parents.map(each, each.?kind.orValue('Gateway') + ' ' + each.?namespace.orValue('') + '/' + each.name).join(', ')",
  }];
}
