import { describe, expect, test } from 'vitest';
import { ApiServer, Cni, DnsResolver, Fault, Faults, Monitoring } from '../../src';

const lines = (prop: string, faults: Fault[]) => faults.map(fault => Faults.describe(prop, fault));

describe('a network plugin', () => {
  test.each([
    [Cni.UNSPECIFIED, true, false, true], [Cni.CALICO, true, false, true], [Cni.CILIUM, true, false, false],
    [Cni.FLANNEL, false, false, true],
    [Cni.KINDNET, true, false, true], [Cni.ANTREA, true, false, true], [Cni.KUBE_ROUTER, true, false, true],
    [Cni.AWS_VPC, true, true, true], [Cni.GKE_DATAPLANE_V2, true, false, false],
  ])('%o enforces, matches Service addresses, matches nodes', (cni, enforcesNetworkPolicies, matchesServiceAddresses, matchesNodeAddresses) => {
    expect(cni).toMatchObject({ enforcesNetworkPolicies, matchesServiceAddresses, matchesNodeAddresses, faults: [] });
  });

  test('keeps traffic to a node where a Service says so, but for GKE\'s', () => {
    const plugins = Object.values(Cni).filter(cni => cni instanceof Cni);
    expect(plugins.filter(({ supportsInternalTrafficPolicy }) => !supportsInternalTrafficPolicy)).toEqual([Cni.GKE_DATAPLANE_V2]);
    expect(Cni.of({ name: 'Weave', enforcesNetworkPolicies: true, supportsInternalTrafficPolicy: false }).supportsInternalTrafficPolicy).toBe(false);
  });

  test('of one\'s own matches pods and nodes unless told', () => {
    expect(Cni.of({ name: 'Weave', enforcesNetworkPolicies: true })).toMatchObject({ name: 'Weave', matchesServiceAddresses: false, matchesNodeAddresses: true });
  });

  test('fails without a name', () => {
    expect(lines('cni', Cni.of({ name: ' ', enforcesNetworkPolicies: true }).faults)).toEqual([
      "KEELSON1156 'cni.name' must be the name of a network plugin, got ' ': name it like 'Calico'",
    ]);
  });
});

describe('N6: a DNS resolver', () => {
  test.each([
    [DnsResolver.kubeDns(), { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, undefined, 53],
    [DnsResolver.nodeLocalPods(), { namespace: 'kube-system', labels: { 'k8s-app': 'node-local-dns' } }, undefined, 53],
    [DnsResolver.nodeLocal(), undefined, '169.254.20.10/32', 53],
    [DnsResolver.nodeLocal('169.254.25.10'), undefined, '169.254.25.10/32', 53],
    [DnsResolver.cloudMetadata(), undefined, '169.254.169.254/32', 53],
    [DnsResolver.atAddress('fd00::a', 5353), undefined, 'fd00::a/128', 5353],
    [DnsResolver.inPods({ namespace: 'openshift-dns', labels: {} }, 5353), { namespace: 'openshift-dns', labels: {} }, undefined, 5353],
  ])('%o is in pods or at an address, on a port', (resolver, pods, cidr, port) => {
    expect(resolver).toMatchObject({ port, faults: [] });
    expect(resolver.pods).toEqual(pods);
    expect(resolver.cidr).toBe(cidr);
  });

  test.each(['169.254.20.10/32', 'kube-dns', '', 'fe80::1%eth0', '300.1.1.1'])('fails on the address %j', ip => {
    expect(lines('dns', DnsResolver.atAddress(ip).faults)).toEqual([
      `KEELSON1087 'dns.ip' must be an IP address, got '${ip}': write it like '10.1.2.3' or '2001:db8::1'`,
    ]);
  });

  test.each([0, 65536])('fails on port %d', port => {
    expect(lines('dns', DnsResolver.atAddress('10.0.0.1', port).faults)).toEqual([
      `KEELSON1157 'dns.port' must be an integer from 1 to 65535, got ${port}: give the port the DNS server listens on, mostly 53`,
    ]);
  });

  test.each([1, 65535])('takes port %d', port => {
    expect(DnsResolver.atAddress('10.0.0.1', port).faults).toEqual([]);
  });

  test('fails on pods in a namespace that cannot be', () => {
    expect(lines('dns', DnsResolver.inPods({ namespace: 'Kube', labels: {} }).faults)).toMatchInlineSnapshot(`
      [
        "KEELSON1062 'dns.pods.namespace' must be lower-case letters, digits and '-' for a Namespace, got 'Kube': try 'kube'",
      ]
    `);
  });
});

describe('an API server', () => {
  test('is at its addresses on one port, or anywhere on both usual ones', () => {
    expect(ApiServer.at(['10.0.0.10/32'])).toMatchObject({ cidrs: ['10.0.0.10/32'], ports: [6443], faults: [] });
    expect(ApiServer.at(['10.0.0.10/32'], 443)).toMatchObject({ ports: [443], faults: [] });
    expect(ApiServer.anywhere()).toMatchObject({ cidrs: ['0.0.0.0/0', '::/0'], ports: [443, 6443], faults: [] });
  });

  test('fails on no address, and on a port that is none', () => {
    expect(lines('apiServer', ApiServer.at([], 0).faults)).toEqual([
      "KEELSON1169 'apiServer.port' must be an integer from 1 to 65535, got 0: give the port that the EndpointSlice of Service 'kubernetes' shows",
      "KEELSON1170 'apiServer.cidrs' must be at least one CIDR, got none: name its addresses, or leave 'apiServer' out",
    ]);
  });
});

describe('monitoring', () => {
  test('of kube-prometheus-stack finds monitors by the release, and scrapes from Prometheus\' pods', () => {
    expect(Monitoring.kubePrometheusStack({ release: 'metrics', namespace: 'observability' })).toMatchObject({
      pods: { namespace: 'observability', labels: { 'app.kubernetes.io/name': 'prometheus' } }, monitorLabels: { release: 'metrics' }, faults: [],
    });
    expect(Monitoring.kubePrometheusStack()).toMatchObject({ pods: { namespace: 'monitoring' }, monitorLabels: { release: 'kube-prometheus-stack' } });
  });

  test('of another kind finds all monitors unless told', () => {
    expect(Monitoring.of({ pods: { namespace: 'm', labels: {} } })).toMatchObject({ monitorLabels: {}, faults: [] });
  });

  test('fails on labels that cannot be', () => {
    expect(lines('monitoring', Monitoring.of({ pods: { namespace: 'm', labels: {} }, monitorLabels: { team: 'a b' } }).faults)).toMatchInlineSnapshot(`
      [
        "KEELSON1054 'monitoring.monitorLabels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
      ]
    `);
  });
});
