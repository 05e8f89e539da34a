import { describe, expect, test } from 'vitest';
import { type ContainerProps, Health, type PodTemplate, PreStop, Probe, Protocol, RestartPolicy, Volume, Warnings } from '../src';
import { accepted, charted, mistakesOf, named, podOf, Server } from './server';

const image = 'registry.example.com/proxy:1.4.2';
const proxy: ContainerProps = { name: 'proxy', image };

describe('W4 three probes, four handlers', () => {
  const ports = [{ number: 9090, name: 'admin' }];
  test.each([
    ['HTTP', Probe.http('/x'), { httpGet: { path: '/x', port: 'admin' } }],
    ['TCP', Probe.tcp(), { tcpSocket: { port: 'admin' } }],
    ['exec', Probe.exec(['check']), { exec: { command: ['check'] } }],
    ['gRPC', Probe.grpc(), { grpc: { port: 9090 } }],
  ])('%s reaches the container as each of the three', (_, probe, handler) => {
    for (const kind of ['readiness', 'liveness', 'startup'] as const) {
      const { pod } = podOf({ containers: [{ ...proxy, ports, [kind]: probe }] });
      const { [`${kind}Probe`]: rendered, ...others } = pod.containers[1];
      expect(rendered).toMatchObject(handler);
      expect(Object.keys(others).filter(key => key.endsWith('Probe'))).toEqual([]);
    }
  });

  test('health is the main container’s', () => {
    const { main } = podOf({}, { health: Health.http({ ready: '/readyz', live: '/livez' }) });
    expect([main.readinessProbe.httpGet.path, main.livenessProbe.httpGet.path, main.startupProbe.httpGet.path]).toEqual(['/readyz', '/livez', '/livez']);
  });

  test('a port may be declared after the probe that asks it', () => {
    const options = { health: Health.http({ ready: '/readyz', live: '/livez', port: 9090 }) };
    expect(podOf({}, options, undefined, ({ pods }) => pods.addPort({ number: 9090 })).main.readinessProbe.httpGet.port).toBe(9090);
  });

  test('fails for a port that the container does not declare', () => {
    const fix = 'add the port to the container, or let the probe ask one that is there';
    expect(mistakesOf({ containers: [{ ...proxy, ports, readiness: Probe.tcp({ port: 9091 }), liveness: Probe.exec(['x']) }] })).toEqual([
      `KEELSON1207 'containers.proxy.readiness.port' must be a TCP port that the container declares (9090), got 9091: ${fix}`]);
    expect(mistakesOf({ containers: [{ ...proxy, ports: [{ number: 53, protocol: Protocol.UDP }], readiness: Probe.tcp() }] })).toEqual([
      `KEELSON1207 'containers.proxy.readiness.port' must be a TCP port that the container declares (it declares none), got none: ${fix}`]);
  });

  test('fails for a liveness that copies readiness, also by the number of the first port', () => {
    const copied = "'containers.proxy.liveness' must be another question than readiness asks";
    const said = (liveness: Probe) => mistakesOf({ containers: [{ ...proxy, ports, readiness: Probe.http('/x'), liveness }] });
    expect(said(Probe.http('/x'))).toEqual([expect.stringContaining(`KEELSON1241 ${copied}`)]);
    expect(said(Probe.http('/x', { port: 9090 }))).toEqual([expect.stringContaining(`KEELSON1241 ${copied}`)]);
    expect(said(Probe.http('/y'))).toEqual([]);
    expect(mistakesOf({}, { health: Health.probes({ readiness: Probe.http('/x'), liveness: Probe.http('/x', { port: 8080 }) }) })).toHaveLength(1);
    expect(mistakesOf({}, { health: Health.probes({ readiness: Probe.http('/x'), liveness: Probe.http('/x') }) })).toHaveLength(1);
  });
});

describe('W5 init containers', () => {
  test('run in the order given, those added later last', () => {
    const { pod } = podOf({ initContainers: [{ name: 'b', image }, { name: 'a', image }] }, {}, undefined, ({ pods }) => pods.addInitContainer({ name: 'c', image }));
    expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual(['b', 'a', 'c']);
    expect(pod.initContainers.every((container: object) => !('restartPolicy' in container))).toBe(true);
  });

  test.each([
    [{ number: 8080, name: 'other' }], [{ number: 8081, name: 'http' }],
  ])('fails for a port of another container, %j, of which the API server warns', (port) => {
    expect(mistakesOf({ initContainers: [{ ...proxy, ports: [port] }] })).toEqual([
      "KEELSON1432 'initContainers.proxy.ports' must be ports that no other container has, got a port or port name of container 'web': "
      + 'remove it: nobody connects to an init container',
    ]);
    expect(mistakesOf({ initContainers: [{ ...proxy, ports: [{ number: 8081, name: 'other' }] }] })).toEqual([]);
  });

  test('fails for probes and preStop, which the API server refuses there', () => {
    const ports = [{ number: 9090 }];
    expect(mistakesOf({ initContainers: [{ ...proxy, ports, readiness: Probe.tcp(), preStop: PreStop.exec(['x']) }] })).toEqual(['preStop', 'readiness'].map(prop =>
      `KEELSON1223 'initContainers.proxy.${prop}' must be left out for an init container, which runs to its end, got one: remove it, or make the container one of 'sidecars'`));
  });
});

describe('W6 several containers and sidecars', () => {
  test.each([['initContainers'], ['sidecars'], ['containers']])('fails for one of the %s without a name', (prop) => {
    expect(mistakesOf({ [prop]: [{ image } as ContainerProps] })).toEqual([
      `KEELSON1060 '${prop}.undefined.name' must be a name for the container, got undefined: name it like 'storefront'`]);
  });

  test('fails for paths that are no text', () => {
    const add = ({ pods }: { pods: PodTemplate }) => pods.addVolume(undefined as never, Volume.emptyDir());
    expect(mistakesOf({ workingDir: 5 as never }, {}, undefined, add)).toEqual([
      "KEELSON1203 'volumes.undefined' must be an absolute path other than '/' and '/proc', without ':' and '..', got undefined: write the whole path, such as '/var/cache/app'",
      "KEELSON1208 'workingDir' must be an absolute path, got 5: write it like '/app'",
    ]);
  });

  test('the main container is the first, which kubectl shows', () => {
    const { pod } = podOf({ containers: [proxy] });
    expect(pod.containers.map(({ name }: { name: string }) => name)).toEqual(['web', 'proxy']);
  });

  test.each(['1.29', '1.36'])('a sidecar is native on %s', (version) => {
    const { pod } = podOf({ initContainers: [{ name: 'migrate', image }], sidecars: [proxy] }, {}, { version });
    expect(pod.initContainers.map(({ name, restartPolicy }: { name: string; restartPolicy?: string }) => [name, restartPolicy])).toEqual([['migrate', undefined], ['proxy', 'Always']]);
    expect(pod.containers).toHaveLength(1);
  });

  test('a sidecar is a plain container on 1.28, and synth warns', () => {
    const chart = charted({ version: '1.28' });
    new Server(chart, 'web', { sidecars: [proxy] });
    const { spec } = named(accepted(chart), 'Deployment', 'web').spec.template;
    expect(spec.initContainers).toBeUndefined();
    expect(spec.containers.map(({ name, restartPolicy }: { name: string; restartPolicy?: string }) => [name, restartPolicy])).toEqual([['web', undefined], ['proxy', undefined]]);
    expect(Warnings.of(chart)).toEqual(["[shop/web] KEELSON1212 sidecar 'proxy' is a plain container on Kubernetes 1.28, "
      + 'which may start after the main one and end before it: from 1.29 on it is a native sidecar']);
  });

  test('fails for a sidecar of a task on 1.28, which would never end', () => {
    const task = { restartPolicy: RestartPolicy.ON_FAILURE };
    expect(mistakesOf({ sidecars: [proxy] }, task, { version: '1.28' })).toEqual(["KEELSON1211 'sidecars.proxy' must be for a cluster of Kubernetes 1.29 or newer, got Kubernetes 1.28: "
      + 'a task with a plain container that never ends never ends either: drop the sidecar, or use a newer cluster']);
    expect(mistakesOf({ sidecars: [proxy] }, task, { version: '1.29' })).toEqual([]);
  });

  test('fails for two containers of one name', () => {
    expect(mistakesOf({ sidecars: [{ name: 'web', image }] })).toEqual([
      "KEELSON1213 'sidecars.web.name' must be the name of one container of the pod, got 'web' again: rename one of the two containers"]);
  });

  test('fails for a container name that is no DNS label', () => {
    expect(mistakesOf({ sidecars: [{ name: 'My_Proxy', image }] })).toEqual([
      "KEELSON1062 'sidecars.My_Proxy.name' must be lower-case letters, digits and '-' for a container, got 'My_Proxy': try 'my-proxy'"]);
  });
});

describe('ports', () => {
  test('are declared with a name and a protocol', () => {
    const { main } = podOf({}, { ports: [{ number: 8080, name: 'http' }, { number: 53, protocol: Protocol.UDP }, { number: 53 }] });
    expect(main.ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' }, { name: 'udp-53', containerPort: 53, protocol: 'UDP' }, { name: 'tcp-53', containerPort: 53, protocol: 'TCP' },
    ]);
  });

  test('fails for one twice in a container, and for one name twice', () => {
    expect(mistakesOf({}, { ports: [{ number: 8080, name: 'a' }, { number: 8080, name: 'b' }, { number: 8081, name: 'a' }] })).toEqual([
      "KEELSON1205 'ports.b' must be declared once, got 8080/TCP again: remove one of the two ports",
      "KEELSON1206 'ports.a' must be named like no other port, got a second port named 'a': rename one of the two",
    ]);
  });

  test.each(['', 'a b', 'HTTP/', 'a/b/c', 'A.b/x', 'ü'])('fails for the application protocol %j', (appProtocol) => {
    expect(mistakesOf({}, { ports: [{ number: 8080, name: 'a', appProtocol }] })).toEqual([
      `KEELSON1431 'ports.a.appProtocol' must be a protocol of the IANA registry, or one with the domain of who gave it the name, got '${appProtocol}': `
      + "write it like 'http' or 'kubernetes.io/h2c'",
    ]);
  });

  test.each(['http', 'HTTP', 'kubernetes.io/h2c', 'a_b'])('takes the application protocol %j', (appProtocol) => {
    expect(mistakesOf({}, { ports: [{ number: 8080, name: 'a', appProtocol }] })).toEqual([]);
  });

  test('fails for one of another container, in whatever order they come', () => {
    const clash = "KEELSON1216 'sidecars.proxy.ports' must be a port that container 'web' doesn't listen on, got 8080/TCP: choose another port: the containers of a pod share one network";
    const sidecars = [{ ...proxy, ports: [{ number: 8080, name: 'proxy' }] }];
    expect(mistakesOf({ sidecars })).toEqual([clash]);
    expect(mistakesOf({ sidecars }, { ports: [] }, undefined, ({ pods }) => pods.addPort({ number: 8080 }))).toEqual([clash]);
    expect(mistakesOf({ sidecars: [{ ...proxy, ports: [{ number: 8081, name: 'http' }] }] })).toEqual([
      "KEELSON1217 'sidecars.proxy.ports' must be a port name that container 'web' doesn't use, got 'http': rename one of the two ports"]);
  });

  test.each([1, 65535])('may be %s', (number) => {
    expect(mistakesOf({}, { ports: [{ number, name: 'http' }] })).toEqual([]);
  });

  test.each([0, 65536])('fails for %s', (number) => {
    expect(mistakesOf({}, { ports: [{ number, name: 'http' }] })).toEqual([
      `KEELSON1090 'ports.http' must be an integer from 1 to 65535, got ${number}: give the port that is listened on`]);
  });
});

describe('W9 host network and ports', () => {
  test('are off unless named', () => {
    const { pod, main } = podOf();
    expect([pod.hostNetwork, pod.dnsPolicy, main.ports[0].hostPort]).toEqual([undefined, undefined, undefined]);
  });

  test('in the network of the node cluster names still resolve', () => {
    expect(podOf({ unsafeHostNetwork: true }).pod).toMatchObject({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
  });

  test('takes a port of the node', () => {
    expect(podOf({}, { ports: [{ number: 8080, name: 'http', unsafeHostPort: 80 }] }).main.ports).toEqual([{ name: 'http', containerPort: 8080, hostPort: 80, protocol: 'TCP' }]);
    expect(podOf({ unsafeHostNetwork: true }, { ports: [{ number: 8080, unsafeHostPort: 8080 }] }).main.ports[0].hostPort).toBe(8080);
  });

  test('fails for another port of the node in its own network', () => {
    expect(mistakesOf({ unsafeHostNetwork: true }, { ports: [{ number: 8080, name: 'http', unsafeHostPort: 80 }] })).toEqual([
      "KEELSON1221 'ports.http.unsafeHostPort' must be the container's own port, 8080, in the node's network, got 80: remove it: with unsafeHostNetwork every port is one of the node"]);
  });

  test('fails for one port of the node twice', () => {
    const ports = [{ number: 9090, unsafeHostPort: 80 }, { number: 9090, protocol: Protocol.UDP, unsafeHostPort: 80 }];
    const sidecars = [{ ...proxy, ports }];
    expect(mistakesOf({ sidecars }, { ports: [{ number: 8080, name: 'http', unsafeHostPort: 80 }] })).toEqual([
      "KEELSON1222 'sidecars.proxy.ports.tcp-9090.unsafeHostPort' must be taken once by a pod, got 80/TCP again: choose another one"]);
  });
});
