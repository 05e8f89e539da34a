import { AdmissionProps } from '../../admission-props';
import { allowed, any, flat, list, text } from './cel';
import { DNS_HOSTS, hostsAllowed, hostsNamed, hostVariables } from './hosts';
import { annotations, ANNOTATIONS, Matched, Policy, Validation } from './policy';
import { isOfOthers } from './references';

const GATEWAY_API = 'gateway.networking.k8s.io';
/** Each version that a kind was ever served in: one that isn't listed would be asked for instead. */
const VERSIONS = ['v1', 'v1beta1', 'v1alpha2', 'v1alpha3'];
const inGatewayApi = (...resources: string[]): Matched[] => [{ apiGroups: [GATEWAY_API], apiVersions: VERSIONS, resources }];


/** Texts of a match that Traefik puts between backticks as they are: what is after one would be a matcher. */
const QUOTED = ["[each.?path.?value.orValue('')]", ...['headers', 'queryParams'].map(of => `each.?${of}.orValue([]).map(one, one.?value.orValue(''))`),
  "(type(each.?method.orValue('')) == string ? [] : [each.method.?service.orValue(''), each.method.?method.orValue('')])"].join(' + ');

/** HTTPRoutes, GRPCRoutes and TLSRoutes: hosts, and the Gateways they attach to. */
export function routePolicy({ hostNames, gateways }: AdmissionProps, solver: string, platform: string): Policy {
  return {
    name: 'routes',
    matched: inGatewayApi('grpcroutes', 'httproutes', 'tlsroutes'),
    watched: ['spec', ANNOTATIONS],
    variables: {
      ...annotations,
      ...hostNames === undefined ? {} : {
        ...hostVariables(flat(['object.spec.?hostnames.orValue([])', DNS_HOSTS]), hostNames),
        quotes: `dyn(object.spec).?rules.orValue([]).map(rule, rule.?matches.orValue([]).map(each, (${QUOTED}).filter(one, one.contains('\`')).join(', '))`
          + ".filter(each, each != '').join(', ')).filter(rule, rule != '')",
      },
      ...gateways === undefined ? {} : strangeParents('object.spec.?parentRefs.orValue([])', gateways),
      backends: `dyn(object.spec).?rules.orValue([]).map(rule, rule.?backendRefs.orValue([]).filter(each, ${isOfOthers('each.?name')}).map(each, each.name).join(', ')).filter(rule, rule != '')`,
    },
    validations: [
      { expression: `variables.backends.size() == 0 || ${platform}`, message: "backends must be none of Traefik's own or of its other providers", got: "variables.backends.join(', ')" },
      ...hostNames === undefined ? [] : [
        hostsNamed('object.spec.?hostnames.orValue([]).size() > 0', 'a route'), hostsAllowed(hostNames),
        { expression: 'variables.quotes.size() == 0', message: "matches must have no '`'", got: "variables.quotes.join(', ')" },
      ],
      ...parentsAllowed(gateways, solver),
    ],
  };
}

/** Gateways of the tenant's own: hosts and class. */
export function gatewayPolicy({ hostNames, gatewayClasses }: AdmissionProps): Policy {
  return {
    name: 'gateways',
    matched: inGatewayApi('gateways'),
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
    matched: [...inGatewayApi('listenersets'), { apiGroups: ['gateway.networking.x-k8s.io'], apiVersions: ['v1alpha1'], resources: ['xlistenersets'] }],
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
      ...inGatewayApi('tcproutes', 'udproutes'),
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
