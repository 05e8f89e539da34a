import { describe, expect, test } from 'vitest';
import { validateManifests, type Json, type JsonObject } from '../src/index.js';
import { broken, good } from './bad.js';

const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/0`;
const AT = 'Deployment shop/web spec.template.spec';
const IN = `${AT}.containers[0]`;

describe('validateManifests', () => {
  test('a good web app has no violation', () => {
    expect(validateManifests(good())).toEqual([]);
  });

  test.each<[string, string, Record<string, Json | undefined>, string[]]>([
    // the published schemas
    ['a wrong type', 'Deployment', { 'spec/replicas': '3' }, ['Deployment shop/web spec.replicas: must be integer']],
    ['a missing field', 'Deployment', { 'spec/selector': undefined }, [
      'Deployment shop/web spec: must have required property selector', 'Deployment shop/web spec.selector: must select something',
    ]],
    ['an unknown field', 'Deployment', { [`${CONTAINER}/imagee`]: 'x' }, [`${IN}.imagee: unknown field`]],
    ['an unknown field two levels down', 'Deployment', { [`${CONTAINER}/securityContext/runAsNonroot`]: true }, [`${IN}.securityContext.runAsNonroot: unknown field`]],
    ['an unknown field at the top', 'Service', { specs: {} }, ['Service shop/web specs: unknown field']],
    ['an unknown field of metadata', 'Service', { 'metadata/label': {} }, ['Service shop/web metadata.label: unknown field']],
    ['several unknown fields', 'Service', { 'spec/a': 1, 'spec/b': { c: 1 } }, ['Service shop/web spec.a: unknown field', 'Service shop/web spec.b: unknown field']],
    ['a field that left the API', 'Ingress', { 'spec/rules/0/http/paths/0/backend/serviceName': 'web' }, ['Ingress shop/web spec.rules[0].http.paths[0].backend.serviceName: unknown field']],
    ['a kind nobody knows', 'Service', { kind: 'Servixe' }, ['Servixe shop/web apiVersion: no schema for v1 Servixe']],
    ['a version that left the API', 'Ingress', { apiVersion: 'extensions/v1beta1' }, ['Ingress shop/web apiVersion: no schema for extensions/v1beta1 Ingress']],
    ['an unknown value', 'Deployment', { [`${POD}/restartPolicy`]: 7 }, [
      `${AT}.restartPolicy: must be string`, `${AT}.restartPolicy: must be equal to one of the allowed values: Always, Never, OnFailure`,
    ]],
    // names and labels
    ['a name in the wrong form', 'Deployment', { 'metadata/name': 'Bad_Name' }, ['Deployment shop/Bad_Name metadata.name: must be a lower-case RFC 1123 subdomain of at most 253 characters, got "Bad_Name"']],
    ['a Service name with a leading digit', 'Service', { 'metadata/name': '1web' }, ['Service shop/1web metadata.name: must be an RFC 1035 label of at most 63 characters, got "1web"']],
    ['no name', 'Service', { 'metadata/name': undefined }, ['Service shop/(no name) metadata.name: is required']],
    ['a label value with a space', 'Service', { 'metadata/labels/owner': 'a b' }, ['Service shop/web metadata.labels.owner: must be a label value of at most 63 characters, got "a b"']],
    ['a label key with two slashes', 'Service', { 'metadata/labels/a~1b~1c': 'x' }, ['Service shop/web metadata.labels["a/b/c"]: must have at most one slash in its key']],
    ['an annotation key with a space', 'Service', { 'metadata/annotations': { 'a b': 'x y' } }, ['Service shop/web metadata.annotations["a b"]: must be a qualified name of at most 63 characters, got "a b"']],
    ['a container name in the wrong form', 'Deployment', { [`${CONTAINER}/name`]: 'Web' }, [`${IN}.name: must be a lower-case RFC 1123 label of at most 63 characters, got "Web"`]],
    ['an env name with an equals sign', 'Deployment', { [`${CONTAINER}/env`]: [{ name: 'A=B', value: '' }] }, [`${IN}.env[0].name: must be an environment variable name, got "A=B"`]],
    ['a host with a space', 'Ingress', { 'spec/rules/0/host': 'Bad Host!' }, ['Ingress shop/web spec.rules[0].host: must be a lower-case RFC 1123 subdomain of at most 253 characters, got "Bad Host!"']],
    ['an IP address as host', 'Ingress', { 'spec/tls/0/hosts/0': '10.0.0.1' }, ['Ingress shop/web spec.tls[0].hosts[0]: must be a DNS name, not an IP address, got "10.0.0.1"']],
    // numbers
    ['container port 70000', 'Deployment', { [`${CONTAINER}/ports/0/containerPort`]: 70000 }, [`${IN}.ports[0].containerPort: must be from 1 to 65535, got 70000`]],
    ['Service port 0', 'Service', { 'spec/ports/0/port': 0 }, ['Service shop/web spec.ports[0].port: must be from 1 to 65535, got 0']],
    ['a port name of 16 letters', 'Deployment', { [`${CONTAINER}/ports/1`]: { name: 'abcdefghijklmnop', containerPort: 1 } }, [`${IN}.ports[1].name: must be an IANA service name of at most 15 characters, got "abcdefghijklmnop"`]],
    ['negative replicas', 'Deployment', { 'spec/replicas': -1 }, ['Deployment shop/web spec.replicas: must be from 0 to 2147483647, got -1']],
    ['a progress deadline within minReadySeconds', 'Deployment', { 'spec/minReadySeconds': 60, 'spec/progressDeadlineSeconds': 60 }, ['Deployment shop/web spec.progressDeadlineSeconds: must be more than minReadySeconds (60), got 60']],
    ['a rolling update that can do nothing', 'Deployment', { 'spec/strategy/rollingUpdate': { maxSurge: 0, maxUnavailable: '0%' } }, ['Deployment shop/web spec.strategy.rollingUpdate: must let at least one of maxSurge and maxUnavailable be more than 0']],
    ['Recreate with a rolling update', 'Deployment', { 'spec/strategy/type': 'Recreate' }, ['Deployment shop/web spec.strategy.rollingUpdate: must not be given with type Recreate']],
    ['a budget with both bounds', 'PodDisruptionBudget', { 'spec/minAvailable': 1 }, ['PodDisruptionBudget shop/web spec.maxUnavailable: must not be given beside minAvailable']],
    ['a CIDR of nothing', 'NetworkPolicy', { 'spec/egress/0/to/0': { ipBlock: { cidr: '999.0.0.0/99' } } }, ['NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.cidr: must be a CIDR block, got "999.0.0.0/99"']],
    ['a CIDR with host bits', 'NetworkPolicy', { 'spec/egress/0/to/0': { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.1/8'] } } }, ['NetworkPolicy shop/web spec.egress[0].to[0].ipBlock.except[0]: must have no bits set behind its prefix, got "10.0.0.1/8"']],
    // lists
    ['env twice', 'Deployment', { [`${CONTAINER}/env`]: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }, [`${IN}.env[1]: must not repeat name "A"`]],
    ['a port twice', 'Deployment', { [`${CONTAINER}/ports/1`]: { containerPort: 8080 } }, [`${IN}.ports[1]: must not repeat containerPort 8080, protocol "TCP"`]],
    ['a Service port twice', 'Service', { 'spec/ports/1': { port: 80, name: 'again' } }, ['Service shop/web spec.ports[1]: must not repeat port 80, protocol "TCP"']],
    ['a Service port name twice', 'Service', { 'spec/ports/1': { port: 81, name: 'http' } }, ['Service shop/web spec.ports[1]: must not repeat name "http"']],
    ['a volume twice', 'Deployment', { [`${POD}/volumes/1`]: { name: 'tmp', emptyDir: {} } }, [`${AT}.volumes[1]: must not repeat name "tmp"`]],
    ['a mount path twice', 'Deployment', { [`${CONTAINER}/volumeMounts/1`]: { name: 'tmp', mountPath: '/tmp' } }, [`${IN}.volumeMounts[1]: must not repeat mountPath "/tmp"`]],
    ['an init container named like a container', 'Deployment', { [`${POD}/initContainers`]: [{ name: 'web', image: 'a:1' }] }, [`${AT}.initContainers[0].name: must not be the name of a container too, got "web"`]],
    ['a spread constraint twice', 'Deployment', { [`${POD}/topologySpreadConstraints/1`]: { maxSkew: 2, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' } }, [`${AT}.topologySpreadConstraints[1]: must not repeat topologyKey "topology.kubernetes.io/zone", whenUnsatisfiable "ScheduleAnyway"`]],
    // pods
    ['a mount without its volume', 'Deployment', { [`${CONTAINER}/volumeMounts/0/name`]: 'cache' }, [`${IN}.volumeMounts[0].name: must name a volume of the pod, got "cache"`]],
    ['a relative mount path', 'Deployment', { [`${CONTAINER}/volumeMounts/0/mountPath`]: 'tmp' }, [`${IN}.volumeMounts[0].mountPath: must be an absolute path without a colon, got "tmp"`]],
    ['a subPath that climbs', 'Deployment', { [`${CONTAINER}/volumeMounts/0/subPath`]: '../a' }, [`${IN}.volumeMounts[0].subPath: must be a relative path without "..", got "../a"`]],
    ['a volume of two sources', 'Deployment', { [`${POD}/volumes/0/configMap`]: { name: 'a' } }, [`${AT}.volumes[0]: must have exactly one source, got emptyDir, configMap`]],
    ['a probe on a port nobody declares', 'Deployment', { [`${CONTAINER}/readinessProbe/httpGet/port`]: 'admin' }, [`${IN}.readinessProbe.httpGet.port: must be a port of the container, got "admin"`]],
    ['a probe of two handlers', 'Deployment', { [`${CONTAINER}/livenessProbe/tcpSocket`]: { port: 8080 } }, [`${IN}.livenessProbe: must have exactly one handler, got httpGet, tcpSocket`]],
    ['a probe of none', 'Deployment', { [`${CONTAINER}/livenessProbe`]: {} }, [`${IN}.livenessProbe: must have exactly one handler, got none`]],
    ['liveness that must succeed twice', 'Deployment', { [`${CONTAINER}/livenessProbe/successThreshold`]: 2 }, [`${IN}.livenessProbe.successThreshold: must be 1`]],
    ['a request above its limit', 'Deployment', { [`${CONTAINER}/resources/requests/memory`]: '1Gi' }, [`${IN}.resources.requests.memory: must be at most the limit 128Mi, got 1Gi`]],
    ['milli-bytes', 'Deployment', { [`${CONTAINER}/resources/requests/memory`]: '100m' }, [`${IN}.resources.requests.memory: must be a whole number of bytes or units, got "100m"`]],
    ['a quantity of letters', 'Deployment', { [`${CONTAINER}/resources/limits/cpu`]: '2 cores' }, [
      `${IN}.resources.limits.cpu: must be number`, `${IN}.resources.limits.cpu: must match format "quantity"`,
      `${IN}.resources.limits.cpu: must match exactly one schema in "oneOf"`, `${IN}.resources.limits.cpu: must be a quantity of 0 or more, got "2 cores"`,
    ]],
    ['an emptyDir of nothing', 'Deployment', { [`${POD}/volumes/0/emptyDir/sizeLimit`]: '0' }, [`${AT}.volumes[0].emptyDir.sizeLimit: must be a quantity of more than 0, got "0"`]],
    ['a selector that misses its template', 'Deployment', { 'spec/selector/matchLabels/tier': 'a' }, ['Deployment shop/web spec.selector.matchLabels.tier: must be a label of the pod template, got "a" and null']],
  ])('fails on %s', (_title, kind, changes, violations) => {
    expect(validateManifests([broken(kind, changes)])).toEqual(violations);
  });

  test('takes the sources that labels have in policies of Cilium', () => {
    const object = {
      apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'web', namespace: 'shop' },
      spec: { endpointSelector: { matchLabels: { 'k8s:a b': 'x', 'k8s:io.kubernetes.pod.namespace': 'y', 'foo:app': 'z' } }, ingress: [{}] },
    };
    expect(validateManifests([object])).toEqual([
      'CiliumNetworkPolicy shop/web spec.endpointSelector.matchLabels["a b"]: must be a qualified name of at most 63 characters, got "a b"',
      'CiliumNetworkPolicy shop/web spec.endpointSelector.matchLabels["foo:app"]: must be a qualified name of at most 63 characters, got "foo:app"',
    ]);
  });

  test('fails on two objects of one kind, namespace and name', () => {
    expect(validateManifests([broken('Service', {}), broken('Service', {})])).toEqual([
      'Service shop/web metadata.name: must not be given to two objects of one kind and namespace',
    ]);
  });

  test('fails on what is no object', () => {
    expect(validateManifests([null, 'x'])).toEqual(['not an object: null', 'not an object: "x"']);
  });

  test('fields that are new in 1.36 are known', () => {
    const changes = { [`${POD}/hostnameOverride`]: 'a', [`${CONTAINER}/lifecycle`]: { preStop: { sleep: { seconds: 5 } } } };
    expect(validateManifests([broken('Deployment', changes)])).toEqual([]);
  });

  test('the description of a PriorityClass is known', () => {
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'a' }, value: 1, description: 'b' };
    expect(validateManifests([priorityClass])).toEqual([]);
    expect(validateManifests([{ ...priorityClass, descriptions: 'b' }])).toEqual(['PriorityClass a descriptions: unknown field']);
  });

  test('data of a ConfigMap and of annotations is free', () => {
    const data = { 'port': '0', 'a.yaml': 'x', 'labels': '{"a b": 1}' };
    expect(validateManifests([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { note: 'a b' } }, data }])).toEqual([]);
  });

  test('fails on a ConfigMap of 2 MiB and on a key with a slash', () => {
    expect(validateManifests([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'x'.repeat(2 ** 21), 'b/c': '' } }])).toEqual([
      'ConfigMap a data["b/c"]: must be a data key of at most 253 characters, got "b/c"',
      'ConfigMap a data: must have at most 1048576 bytes, got 2097156',
    ]);
  });

  test('fails on a scaling range upside down', () => {
    const spec = { minReplicas: 5, maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } };
    expect(validateManifests([{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'a' }, spec }])).toEqual([
      'HorizontalPodAutoscaler a spec.maxReplicas: must be at least minReplicas (5), got 2',
    ]);
  });
});

describe('validateManifests on custom resources', () => {
  const route = (spec: JsonObject): JsonObject => ({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'a' }, spec });
  const rule = { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] };

  test('a good route has no violation', () => {
    expect(validateManifests([route({ parentRefs: [{ name: 'edge' }], hostnames: ['*.example.com'], rules: [rule] })])).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['a bad host', { hostnames: ['Bad Host!'] }, [
      String.raw`HTTPRoute a spec.hostnames[0]: must match pattern "^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"`,
    ]],
    ['an unknown field', { rules: [{ ...rule, match: [] }] }, ['HTTPRoute a spec.rules[0].match: unknown field']],
    ['an unknown value', { rules: [{ matches: [{ path: { type: 'Prefix' } }] }] }, ['HTTPRoute a spec.rules[0].matches[0].path.type: must be equal to one of the allowed values: Exact, PathPrefix, RegularExpression']],
    ['a port of 70000', { rules: [{ backendRefs: [{ name: 'a', port: 70000 }] }] }, [
      'HTTPRoute a spec.rules[0].backendRefs[0].port: must be <= 65535', 'HTTPRoute a spec.rules[0].backendRefs[0].port: must be from 1 to 65535, got 70000',
    ]],
  ])('fails on a route with %s', (_title, spec, violations) => {
    expect(validateManifests([route(spec)])).toEqual(violations);
  });

  test('fails on two listeners of one name, and on unknown metadata', () => {
    const listener = { name: 'a', port: 443, protocol: 'HTTPS' };
    const gateway = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'a', label: {} }, spec: { gatewayClassName: 'x', listeners: [listener, listener] } };
    expect(validateManifests([gateway])).toEqual([
      'Gateway a metadata.label: unknown field',
      'Gateway a spec.listeners: must not have two entries with the same name',
    ]);
  });

  test('fails on a Certificate without issuer and with an unknown key algorithm', () => {
    const certificate = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: { name: 'a' }, spec: { secretName: 'a', privateKey: { algorithm: 'DSA' } } };
    expect(validateManifests([certificate])).toEqual([
      "Certificate a spec: must have required property 'issuerRef'",
      'Certificate a spec.privateKey.algorithm: must be equal to one of the allowed values: RSA, ECDSA, Ed25519',
    ]);
  });

  test('kinds without a vendored schema are judged by the published package', () => {
    const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: { name: 'a' }, spec: { selfsigned: {} } };
    expect(validateManifests([issuer])).toEqual(['Issuer a spec.selfsigned: unknown field']);
  });
});
