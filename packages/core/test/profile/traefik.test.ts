import { describe, expect, test } from 'vitest';
import { ClusterProfile, Faults, Traefik, type TraefikOptions } from '../../src';

const linesOf = (options: TraefikOptions, namespace = 'traefik') => Traefik.inNamespace(namespace, options).faults.map(fault => Faults.describe('traefik', fault));

describe('a Traefik', () => {
  test('is all pods of its namespace, with the entry points of its chart, unless told', () => {
    expect(Traefik.inNamespace('edge')).toMatchObject({
      namespace: 'edge', pods: { namespace: 'edge', labels: {} }, sourceCidrs: [], httpEntryPoint: 'web', httpsEntryPoint: 'websecure',
      defaultCertificateHosts: [], allowsCrossNamespace: false, trustedProxies: 0, faults: [],
    });
  });

  test('keeps what it is told, and its addresses as Kubernetes writes them', () => {
    const pods = { namespace: 'edge', labels: { app: 'traefik' } };
    expect(Traefik.inNamespace('edge', {
      pods, sourceCidrs: ['2001:DB8::/48'], httpEntryPoint: 'http', httpsEntryPoint: 'https_2', defaultCertificateHosts: ['example.com', '*.example.com'],
      allowsCrossNamespace: true, trustedProxies: 16,
    })).toMatchObject({
      pods, sourceCidrs: ['2001:db8::/48'], httpEntryPoint: 'http', httpsEntryPoint: 'https_2', defaultCertificateHosts: ['example.com', '*.example.com'],
      allowsCrossNamespace: true, trustedProxies: 16, faults: [],
    });
  });

  test('is reported by the profile that has it', () => {
    const { faults } = ClusterProfile.kubernetes({ traefik: Traefik.inNamespace('Edge', { trustedProxies: -1 }) });
    expect(faults.map(({ code, member }) => [code, member])).toEqual([['KEELSON1062', 'traefik.namespace'], ['KEELSON1742', 'traefik.trustedProxies']]);
  });

  test.each(['', 'web/x', '-web', 'web-', 'we b'])('fails on the entry point %j', httpEntryPoint => {
    expect(linesOf({ httpEntryPoint })).toEqual([
      `KEELSON1740 'traefik.httpEntryPoint' must be letters, digits, '-' and '_', got '${httpEntryPoint}': give the name it has in Traefik's configuration, such as 'web'`,
    ]);
  });

  test('fails on one entry point for both', () => {
    expect(linesOf({ httpsEntryPoint: 'web' })).toEqual([
      "KEELSON1741 'traefik.httpsEntryPoint' must be another entry point, got 'web', which is that for plain HTTP too: name the one that ends TLS",
    ]);
  });

  test.each([-1, 17, 1.5, NaN])('fails on %d proxies before it', trustedProxies => {
    expect(linesOf({ trustedProxies })).toEqual([
      `KEELSON1742 'traefik.trustedProxies' must be an integer from 0 to 16, got ${trustedProxies}: count the proxies between the internet and Traefik`,
    ]);
  });

  test('fails on hosts, pods and addresses that are none', () => {
    expect(Traefik.inNamespace('edge', {
      defaultCertificateHosts: ['*.example.com', 'Example.com'], pods: { namespace: 'Edge', labels: {} }, sourceCidrs: ['10.0.0.1/8'],
    }).faults.map(({ member }) => member).sort()).toEqual(['defaultCertificateHosts[1]', 'pods.namespace', 'sourceCidrs[0]']);
  });
});
