import { any, flat } from './cel';
import { Policy } from './policy';

/** Whether a name is of another provider's; `noop@internal` leads to nobody. */
export function isOfOthers(name: string): string {
  return `(${name}.orValue('').contains('@') && ${name}.orValue('') != 'noop@internal')`;
}

/** Fields with one reference, and with several: of all of Traefik's kinds, since none has another's. */
const ONE = ['tls.options', 'tls.store', 'errors.service', 'mirroring', 'failover.service', 'failover.fallback'];
const SEVERAL = ['parentRefs', 'chain.middlewares', 'weighted.services', 'highestRandomWeight.services', 'mirroring.mirrors'];

/** Of a list of references those that are refused, as texts. */
const STRANGE = `.filter(ref, ${any(["!(ref.?namespace.orValue('') in ['', request.namespace])", ...['ref.?name', 'ref.?serversTransport'].map(isOfOthers)])})`
  + ".map(ref, ref.?serversTransport.orValue('').contains('@') ? ref.serversTransport"
  + " : ref.?namespace.orValue('') == '' ? ref.?name.orValue('') : ref.namespace + '/' + ref.?name.orValue('')).join(' ')";

/**
 * What Traefik's objects refer to: in their own namespace, and nothing that another provider of Traefik's has, such as its API
 * (`api@internal`) or what is in its files.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute/
 */
export function referencePolicy(platform: string): Policy {
  const each = (of: string, place: string): string => `${place}.?${of}.orValue([])${STRANGE}`;
  return {
    name: 'references',
    matched: [{
      apiGroups: ['traefik.io', 'traefik.containo.us'], apiVersions: ['v1alpha1'],
      resources: ['ingressroutes', 'ingressroutetcps', 'ingressrouteudps', 'middlewares', 'traefikservices'],
    }],
    watched: ['spec'],
    unless: platform,
    variables: {
      spec: 'dyn(object.spec)',
      routes: 'variables.spec.?routes.orValue([])',
      refs: [`[${ONE.map(path => `?${at(path)}`).join(', ')}]`, ...SEVERAL.map(path => `${at(path)}.orValue([])`)].join(' + '),
      strange: flat([
        `[variables.refs${STRANGE}]`,
        `variables.refs.map(one, ${each('middlewares', 'one')})`,
        ...['services', 'middlewares'].map(of => `variables.routes.map(route, ${each(of, 'route')})`),
        `variables.routes.map(route, route.?services.orValue([]).map(one, ${each('middlewares', 'one')}).join(' '))`,
      ]),
    },
    validations: [{
      expression: 'variables.strange.size() == 0',
      message: "services, middlewares and options must be in the tenant's own namespace, and none of Traefik's own or of its other providers", got: "variables.strange.join(', ')",
    }],
  };
}

function at(path: string): string {
  return ['variables.spec', ...path.split('.')].join('.?');
}

