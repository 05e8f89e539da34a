import { Duration } from 'cdk8s';
import { ApiServer } from '../../profile/api-server';
import { ClusterPods } from '../../profile/cluster-pods';
import { Cni, CniProps } from '../../profile/cni';
import { DnsResolver } from '../../profile/dns-resolver';
import { Gateway, GatewayOptions } from '../../profile/gateway';
import { GatewayApi, GatewayApiChannel } from '../../profile/gateway-api';
import { GatewayImplementation } from '../../profile/gateway-implementation';
import { IngressController, IngressControllerOptions } from '../../profile/ingress-controller';
import { Listener, ListenerProtocol } from '../../profile/listener';
import { LoadBalancerController, LoadBalancerControllerProps } from '../../profile/load-balancer-controller';
import { IstioMeshProps, Mesh, MeshDataPlane } from '../../profile/mesh';
import { Monitoring, MonitoringProps } from '../../profile/monitoring';
import { NetworkPolicyApi } from '../../profile/network-policy-api';
import { Traefik, TraefikOptions } from '../../profile/traefik';
import { IPriorityClass } from '../../priority-class';
import { ISecret } from '../../secret-reference';
import { quoted } from '../quoted';
import { Place } from './place';
import { choice, choiceOr, flag, list, made, number, Shape, struct, text, texts } from './shapes';

/** The constants of an enum-like class by their names in files: `AWS_VPC` is `aws-vpc`. */
function constantsOf<T extends object>(type: { readonly prototype: T }): ReadonlyMap<string, T> {
  const isConstant = (entry: [string, unknown]): entry is [string, T] => isInstance(entry[1], type.prototype);
  return new Map(Object.entries<unknown>(type).filter(isConstant).map(([name, value]) => [name.toLowerCase().replaceAll('_', '-'), value]));
}

function isInstance(value: unknown, prototype: object): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === prototype;
}

function enumOf<T extends string>(values: readonly T[]): Shape<T> {
  return choice(new Map(values.map(value => [value, value])));
}

export function cidrs(): Shape<string[]> {
  return list(text('10.0.0.0/16'));
}

function pods(): Shape<ClusterPods> {
  return struct('ClusterPods', { namespace: text('monitoring'), labels: texts() }, ['namespace', 'labels']);
}

export function cni(): Shape<Cni> {
  return choiceOr(constantsOf(Cni), made(struct<CniProps>('CniProps', {
    name: text('Calico'), enforcesNetworkPolicies: flag(), matchesServiceAddresses: flag(), matchesNodeAddresses: flag(),
    supportsInternalTrafficPolicy: flag(), enforcesCiliumNetworkPolicies: flag(),
  }, ['name', 'enforcesNetworkPolicies']), props => Cni.of(props), value => value));
}

interface ResolverProps { readonly pods?: ClusterPods; readonly ip?: string; readonly port?: number }

export function dnsResolver(): Shape<DnsResolver> {
  return choiceOr(new Map([
    ['kube-dns', DnsResolver.kubeDns()], ['node-local', DnsResolver.nodeLocal()], ['node-local-pods', DnsResolver.nodeLocalPods()],
    ['cloud-metadata', DnsResolver.cloudMetadata()],
  ]), resolverInFull());
}

/** Known by its pods or by its address. */
function resolverInFull(): Shape<DnsResolver> {
  const whole = struct<ResolverProps>('DnsResolver', { pods: pods(), ip: text('169.254.20.10'), port: number(53) });
  return {
    ...whole,
    read: (value: unknown, place: Place) => {
      const props = whole.read(value, place);
      if (props === undefined || (props.pods === undefined) === (props.ip === undefined)) {
        place.report({ code: 'KEELSON1633', got: quoted(value), allowed: "a map with either 'pods' or 'ip'", fix: 'say where it answers, in one way' });
        return undefined;
      }
      return props.pods === undefined ? DnsResolver.atAddress(props.ip ?? '', props.port) : DnsResolver.inPods(props.pods, props.port);
    },
    write: ({ pods: inPods, cidr, port }: DnsResolver) => whole.write({ pods: inPods, ip: cidr?.replace(/\/\d+$/, ''), port }),
  };
}

interface ListenerInFull {
  readonly protocol: ListenerProtocol;
  readonly name?: string;
  readonly port?: number;
  readonly hosts?: string[];
  readonly ownCertificate?: boolean;
}

function listener(): Shape<Listener> {
  return made(struct<ListenerInFull>('HttpsListenerProps', {
    protocol: enumOf(Object.values(ListenerProtocol)), name: text('https'), port: number(443), hosts: list(text('*.example.com')),
    ownCertificate: flag(),
  }, ['protocol']), ({ protocol, ...props }) => (protocol === ListenerProtocol.HTTPS ? Listener.https(props) : Listener.http(props)), value => value);
}

function implementation(): Shape<GatewayImplementation> {
  const examples = [...constantsOf(GatewayImplementation).values()].map(({ name }) => name);
  return made({ ...text('Envoy Gateway'), schema: () => ({ type: 'string', examples }) }, name => GatewayImplementation.of(name), ({ name }) => name);
}

export function gateway(): Shape<Gateway> {
  return made(struct<GatewayOptions & { readonly name: string; readonly namespace: string }>('GatewayOptions', {
    name: text('edge'), namespace: text('gateway-system'), listeners: list(listener()), admitsListenerSets: flag(), className: text('envoy'), pods: pods(),
    sourceCidrs: cidrs(), implementation: implementation(),
  }, ['name', 'namespace']), ({ name, namespace, ...options }) => Gateway.named(name, namespace, options),
  value => (value._isCilium && !value._namesPods ? { ...value, pods: undefined } : value));
}

export function gatewayApi(): Shape<GatewayApi> {
  return made(struct<{ readonly version: string; readonly channel?: GatewayApiChannel }>('GatewayApi', {
    version: text('1.5'), channel: enumOf(Object.values(GatewayApiChannel)),
  }, ['version']), ({ version, channel }) => {
    return channel === GatewayApiChannel.EXPERIMENTAL ? GatewayApi.experimental(version) : GatewayApi.standard(version);
  }, value => value);
}

export function networkPolicyApi(): Shape<NetworkPolicyApi> {
  return made(struct<{ readonly version: string }>('NetworkPolicyApi', { version: text('0.2') }, ['version']), ({ version }) => NetworkPolicyApi.of(version), value => value);
}

export function ingress(): Shape<IngressController> {
  return choiceOr(
    new Map([['ingress-nginx', IngressController.ingressNginx()], ['traefik', IngressController.traefik()], ['cilium', IngressController.cilium()]]),
    made(struct<IngressControllerOptions & { readonly className: string }>('IngressControllerOptions', {
      className: text('nginx'), namespace: text('ingress-nginx'), pods: pods(), sourceCidrs: cidrs(), readsNginxAnnotations: flag(), isIngressNginx: flag(),
      allowedResponseHeaders: list(text('X-Robots-Tag')),
    }, ['className', 'namespace']), ({ className, ...options }) => IngressController.named(className, options), value => value));
}

export function traefik(): Shape<Traefik> {
  return made(struct<TraefikOptions & { readonly namespace: string }>('TraefikOptions', {
    namespace: text('traefik'), pods: pods(), sourceCidrs: cidrs(), httpEntryPoint: text('web'), httpsEntryPoint: text('websecure'),
    defaultCertificateHosts: list(text('*.example.com')), allowsCrossNamespace: flag(), trustedProxies: number(0),
  }, ['namespace']), ({ namespace, ...options }) => Traefik.inNamespace(namespace, options), value => value);
}

interface ApiServerInFull { readonly cidrs: string[]; readonly port?: number }

function server(): Shape<ApiServer> {
  return choiceOr(new Map([['anywhere', ApiServer.anywhere()]]), made(struct<ApiServerInFull>('ApiServer', {
    cidrs: cidrs(), port: number(6443),
  }, ['cidrs']), props => ApiServer.at(props.cidrs, props.port), ({ cidrs: at, ports: [port] }) => ({ cidrs: at, port })));
}

/** Only `anywhere` has several ports. */
export function apiServer(): Shape<ApiServer> {
  const shape = server();
  return { ...shape, write: value => (value.ports.length > 1 ? 'anywhere' : shape.write(value)) };
}

export function monitoring(): Shape<Monitoring> {
  return choiceOr(new Map([['kube-prometheus-stack', Monitoring.kubePrometheusStack()]]), made(struct<MonitoringProps>('MonitoringProps', {
    pods: pods(), monitorLabels: texts(), scrapeAnnotations: flag(),
  }, ['pods']), props => Monitoring.of(props), value => value));
}

export function mesh(): Shape<Mesh> {
  return made(struct<IstioMeshProps>('IstioMeshProps', {
    dataPlane: enumOf(Object.values(MeshDataPlane)), revision: text('stable'), trustDomain: text('cluster.local'), controlPlane: pods(),
    outsideNamespaces: list(text('monitoring')),
  }, ['dataPlane']), props => Mesh.istio(props), value => value);
}

export function loadBalancers(): Shape<LoadBalancerController> {
  return choiceOr(constantsOf(LoadBalancerController),
    made(struct<LoadBalancerControllerProps>('LoadBalancerControllerProps', {
      name: text('MetalLB'), className: text('metallb.io/metallb'), internalAnnotations: texts(), externalAnnotations: texts(),
      addressesAnnotation: text('metallb.io/loadBalancerIPs'), ipv6AddressesAnnotation: text('example.com/ipv6'),
      poolAnnotation: text('metallb.io/address-pool'), sharingKeyAnnotation: text('metallb.io/allow-shared-ip'),
      keepsClientAddresses: flag(),
    }, ['name']), props => LoadBalancerController.of(props), ({ _props }) => _props));
}

export function priorityClass(): Shape<IPriorityClass> {
  return made(text('standard'), name => ({ name, kind: 'PriorityClass' }), ({ name }) => name);
}

export function pullSecret(): Shape<ISecret> {
  return made(text('registry'), name => ({ name, kind: 'Secret' }), ({ name }) => name);
}

const UNITS = new Map([
  ['s', (amount: number) => Duration.seconds(amount)], ['m', (amount: number) => Duration.minutes(amount)], ['h', (amount: number) => Duration.hours(amount)],
]);

/** Whole seconds, minutes or hours; which ones, the profile says. */
export const duration: Shape<Duration> = {
  allowed: 'a duration',
  read: (value, place) => {
    const [, amount, unit = ''] = typeof value === 'string' ? /^(\d{1,9})([smh])$/.exec(value) ?? [] : [];
    const read = UNITS.get(unit)?.(Number(amount));
    if (read === undefined) {
      place.report({ code: 'KEELSON1633', got: quoted(value), allowed: 'a whole number of seconds, minutes or hours', fix: "write it like '30s', '2m' or '1h'" });
      return undefined;
    }
    return read;
  },
  write: value => `${value.toSeconds()}s`,
  schema: () => ({ type: 'string', pattern: '^\\d{1,9}[smh]$', examples: ['30s'] }),
};
