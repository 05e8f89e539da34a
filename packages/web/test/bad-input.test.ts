import { App, ClusterProfile, Cpu, EnvValue, Gateway, GatewayApi, Listener, Metadata, PreStop, Volume } from '@keelson/core';
import { Chart, Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Exposure, Scaling, WebApp } from '../src';
import { health, mistakes } from './bad-input.cases';

const inChart = () => {
  const app = new App({
    cluster: ClusterProfile.kubernetes({
      version: '1.33',
      gatewayApi: GatewayApi.standard('1.4'),
      gateway: Gateway.named('edge', 'gateway-system', { listeners: [Listener.http(), Listener.https({ hosts: ['*.example.com'] })] }),
    }),
  });
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop' }) };
};

/** What ends the program. */
const messageOf = (app: App) => {
  try {
    return app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
};

/** What each mistake says: one line, whole. */
const said: Record<string, string> = {
  'negative replicas':
    "[shop/web] KEELSON2061 'replicas' must be an integer from 0 to 2147483647, got -1: give a whole number",
  'half a replica':
    "[shop/web] KEELSON2061 'replicas' must be an integer from 0 to 2147483647, got 1.5: give a whole number",
  'replicas beside scaling':
    "[shop/web] KEELSON2062 'replicas' must be left out where 'scaling' is given, got 2, with scaling: remove one of the two: both would fight over the number of pods",
  'port 0':
    "[shop/web] KEELSON1090 'port' must be an integer from 1 to 65535, got 0: give the port that is listened on",
  'port 70000':
    "[shop/web] KEELSON1090 'port' must be an integer from 1 to 65535, got 70000: give the port that is listened on",
  'a port that is no number':
    "[shop/web] KEELSON1090 'port' must be an integer from 1 to 65535, got NaN: give the port that is listened on",
  'service port 70000':
    "[shop/web] KEELSON1090 'servicePort' must be an integer from 1 to 65535, got 70000: give the port that is listened on",
  'service port taken':
    "[shop/web] KEELSON2063 'servicePort' must be another port than the others of the Service, got 9090, which is also one of 'ports': choose another 'servicePort'",
  'port twice':
    "[shop/web] KEELSON1205 'ports.again' must be declared once, got 8080/TCP again: remove one of the two ports",
  'port name twice':
    "[shop/web] KEELSON1206 'ports.http' must be named like no other port, got a second port named 'http': rename one of the two",
  'port name too long':
    "[shop/web] KEELSON1093 'ports.prometheus-metrics' must be at most 15 characters long, got 'prometheus-metrics': try 'prometheus-metr'",
  'name with capitals and underscore':
    "[shop/Bad_Name] KEELSON1062 'name' must be lower-case letters, digits and '-' for a Deployment, got 'Bad_Name': try 'bad-name'",
  'name of 64 characters':
    "[shop/web] KEELSON1061 'name' must be at most 63 characters long for a Deployment (the name is its pods' label and host name too), got 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa': try 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
  'name that begins with a digit':
    "[shop/web] KEELSON1065 'name' must be a name that begins with a letter for a Service, got '1shop': try 'shop'",
  'label with a space':
    "[shop/web] KEELSON1054 'labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'",
  'label key with two slashes':
    "[shop/web] KEELSON1050 'labels' must be a label key with at most one '/', got 'a/b/c': try 'a/b-c'",
  'label of a chart with a space':
    "[shop] KEELSON1054 'metadata.labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'",
  'the instance label':
    "[shop/web] KEELSON1218 'labels.app.kubernetes.io/instance' must be the workload's name, 'web', got 'other': remove it: it is what selects the pods",
  'annotation key with a space':
    "[shop/web] KEELSON1052 'annotations' must be an annotation key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'",
  'image latest':
    "[shop/web] KEELSON1104 'image' must be an image with another tag than 'latest', got 'registry.example.com/shop/web:latest': name the version: 'latest' is another image tomorrow",
  'image without a tag':
    "[shop/web] KEELSON1103 'image' must be an image with a tag or a digest, got 'registry.example.com/shop/web': end it in ':<version>' or '@sha256:<digest>'",
  'image in capitals':
    "[shop/web] KEELSON1102 'image' must be an image with a repository in lower case, got 'registry.example.com/Shop/web:1.0': write 'shop/web'",
  'image with half a digest':
    "[shop/web] KEELSON1105 'image' must be an image with a digest of 'sha256:' and 64, or 'sha512:' and 128, of the characters 0-9 and a-f, got 'registry.example.com/shop/web@sha256:abc': check the digest 'sha256:abc' (10 characters)",
  'health path without slash':
    "[shop/web] KEELSON1230 'health.ready' must be a path from '/' on, without spaces, '#', '..' and a second '/' at its start, got 'readyz': try '/readyz'",
  'liveness that copies readiness':
    "[shop/web] KEELSON1241 'health.live' must be another question than readiness asks, got http /healthz, as for readiness: ask what fails only when a restart helps: an app that is busy, or waits for its database, must not be restarted",
  'health on an undeclared port':
    "[shop/web] KEELSON1207 'health.port' must be a TCP port that the container declares (8080), got 9000: add the port to the container, or let the probe ask one that is there",
  'exec health without a command':
    "[shop/web] KEELSON1233 'health.ready' must be a command, got no words: write it like ['/app/check', '--fast']",
  'probe timeout longer than its period':
    "[shop/web] KEELSON1240 'sidecars.proxy.liveness.timeout' must be at most the probe's period, 5 s, got 6 s: shorten it, or lengthen 'period'",
  'HPA min above max':
    "[shop/web] KEELSON2057 'scaling.max' must be at least min, 5, got 3: swap the two, or raise max",
  'HPA of no pods':
    "[shop/web] KEELSON2056 'scaling.min' must be an integer from 1 to 2147483647, got 0: give a number of pods; to scale to none, use Scaling.onTriggers(…), which needs KEDA",
  'HPA target 0 percent':
    "[shop/web] KEELSON2058 'scaling.percent' must be an integer from 1 to 2147483647, in percent of the request, got 0: try 70",
  'HPA window of two hours':
    "[shop/web] KEELSON2059 'scaling.scaleDownStabilization' must be whole seconds up to 3600, got 7200 s: try Duration.minutes(5)",
  'CPU request above its limit':
    "[shop/web] KEELSON1250 'resources.cpuRequest' must be at most the CPU limit, 1, got 2: lower it, or set 'cpuLimit' to at least 2",
  'memory request above its limit':
    "[shop/web] KEELSON1251 'resources.memoryRequest' must be at most the memory limit, 1Gi, got 2Gi: lower it, or set 'memoryLimit' to at least 2Gi",
  'memory request above the limit of the scope':
    "[shop/web] KEELSON1251 'resources.memoryRequest' must be at most the memory limit, 256Mi (from PodDefaults of a scope around), got 1Gi: lower it, or set 'memoryLimit' to at least 1Gi",
  'no CPU':
    "[shop/web] KEELSON1070 'resources.cpuRequest' must be more than 0 CPUs, got '0': try Cpu.millis(250)",
  'more to write than ephemeral storage':
    "[shop/web] KEELSON1253 'resources.ephemeralStorageLimit' must be at least what the writable directories may hold, 2Gi, got 1Gi: raise it, or make the directories smaller",
  'env name with a space':
    "[shop/web] KEELSON1312 'env.A B' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got 'A B': try 'A_B'",
  'env in a circle':
    "[shop/web] KEELSON1313 'env' must be variables that don't need each other, got $(A) in $(B) in $(A): take one of them out of the circle, or write '$$(A)' for the text itself",
  'env twice':
    "[shop/web] KEELSON1202 'env.A' must be set once, got a second value: drop one of the two, or rename it",
  'a ConfigMap where a Secret is meant':
    "[shop/web] KEELSON1300 'env.A' must be a Secret, got the ConfigMap 'settings': pass a Secret, or use the factory for a ConfigMap",
  'a key that the ConfigMap has not':
    "[shop/web] KEELSON1303 'env.A' must be a key of the ConfigMap 'settings' (it has 'b'), got 'a': add the key, or make the reference optional",
  'two containers of one name':
    "[shop/web] KEELSON1213 'sidecars.web.name' must be the name of one container of the pod, got 'web' again: rename one of the two containers",
  'two containers on one port':
    "[shop/web] KEELSON1216 'sidecars.proxy.ports' must be a port that container 'web' doesn't listen on, got 8080/TCP: choose another port: the containers of a pod share one network",
  'two apps of one name':
    "[shop/other] KEELSON1410 'name' must be of one construct in namespace shop only, got Deployment web, NetworkPolicy web, PodDisruptionBudget web, Service web, ServiceAccount web, which [shop/web] has too: name one of the two differently",
  'two constructs of one id':
    "[shop] KEELSON1219 'web' must be the id of one construct in its scope, got a second construct 'web': give one of the two another id",
  'TLS without a certificate anywhere':
    "[shop/web] KEELSON2014 'exposure' must be of hosts whose TLS somebody ends, got 'shop.example.net', which no HTTPS listener of gateway 'gateway-system/edge' serves with a certificate of its own: add an HTTPS listener for it to the gateway and to 'listeners' of Gateway.named(…), let the gateway admit ListenerSets (admitsListenerSets), or ask for a gateway of the app's own by ExposureTarget.ownGateway(…)",
  'TLS without a host':
    "[shop/web] KEELSON1110 'exposure.host' must be a host name, got '': write it like 'shop.example.com'",
  'host with a space':
    "[shop/web] KEELSON1112 'exposure.host' must be a host name of lower-case letters, digits, '-' and '.', got 'Bad Host!': write it like 'shop.example.com'",
  'host with a port':
    "[shop/web] KEELSON1116 'exposure.host' must be a host name without scheme, port and path, got 'shop.example.com:443': try 'shop.example.com'",
  'host that is an address':
    "[shop/web] KEELSON1117 'exposure.host' must be a host name, not an IP address, got '10.0.0.1': write it like 'shop.example.com'",
  'path without slash':
    "[shop/web] KEELSON2002 'exposure.path' must be a path that begins with '/', got 'api': try '/api'",
  'one host and path for two apps':
    "[shop/other] KEELSON2013 'exposure' must be the only one for its host, path and path type, got 'shop.example.com' with Prefix '/', which 'shop/web' has too at gateway 'gateway-system/edge', HTTPS: choose another host or path for one of the two",
  'ConfigMap of 2 MiB':
    "[shop/big] KEELSON1304 'data' must be at most 1048576 bytes, all values of the ConfigMap together, got 2097152 bytes: move 'a' (2097152 bytes) into the image or onto a volume, or split the ConfigMap",
  'ConfigMap key with a slash':
    "[shop/settings] KEELSON1302 'data' must be a key of letters, digits, '-', '_' and '.', got 'a/b': try 'a-b'",
  'PDB on one replica':
    "[shop/web] KEELSON2054 'disruptionBudget' must be left out where there is one pod at most, got a budget: run at least two pods, or remove it: for one pod a budget blocks every drain of its node, or protects nothing",
  'PDB that lets nothing go':
    "[shop/web] KEELSON2055 'disruptionBudget.minAvailable' must be fewer than the fewest pods there may be, 2, got 2: try PercentOrAbsolute.absolute(1)",
  'rolling update that never begins':
    "[shop/web] KEELSON2052 'strategy.maxSurge' must be more than 0 where maxUnavailable is 0, got 0, with maxUnavailable 0: let one pod start or stop at a time, else the release never begins",
  'surge of 120 percent':
    "[shop/web] KEELSON2050 'strategy.maxSurge' must be an integer from 0 to 100 percent, got 120%: try PercentOrAbsolute.percent(25)",
  'preStop longer than the grace period':
    "[shop/web] KEELSON1260 'preStop' must be shorter than 'terminationGracePeriod', 30 s, got 40 s: lengthen 'terminationGracePeriod' to 70 s, or wait for less",
  'grace period of 0':
    "[shop/web] KEELSON1121 'terminationGracePeriod' must be at least 1 s, got 0 s: try Duration.seconds(1)",
  'progress deadline below minReady':
    "[shop/web] KEELSON2064 'progressDeadline' must be longer than a start and minReady may take, 1350 s, got 600 s: raise it: else every release counts as failed",
  'user root':
    "[shop/web] KEELSON1210 'runAsUser' must be an integer from 10001 to 2147483647, got 0: root is never allowed: choose a number and have the image own its files by it",
  'user 1000':
    "[shop/web] KEELSON1210 'runAsUser' must be an integer from 10001 to 2147483647, got 1000: build the image for such a number, or set unsafeLowUserIds if it only works as another",
  'relative mount path':
    "[shop/web] KEELSON1203 'volumes.etc/app' must be an absolute path other than '/' and '/proc', without ':' and '..', got 'etc/app': write the whole path, such as '/var/cache/app'",
  'sub path upwards':
    "[shop/web] KEELSON1320 'volumes./etc/app.subPath' must be a relative path without '..', got '../x': try 'x'",
  'Secret name with capitals':
    "[shop/web] KEELSON1062 'volumes./etc/app.name' must be lower-case letters, digits, '-' and '.' for a Secret, got 'My_Secret': try 'my-secret'",
  'CIDR 999.0.0.0/99':
    "[shop/web] KEELSON1080 'connections.from' must be a CIDR, got '999.0.0.0/99': write it like '10.0.0.0/8' or '2001:db8::/32'",
  'CIDR with host bits':
    "[shop/web] KEELSON1083 'connections.from' must be a CIDR with no bits set beyond the prefix length, got '10.0.0.1/8': try '10.0.0.0/8', or '10.0.0.1/32' for the one address",
  'except outside of the CIDR':
    "[shop/web] KEELSON1364 'connections.from.except' must be a CIDR inside of '10.0.0.0/8', got '192.168.0.0/16': leave it out, or give a larger block",
  'connection to what listens on nothing':
    "[shop/web] KEELSON1351 'connections.to.ports' must be the ports to open to namespace 'billing', got none: name them, such as 'ports: [Port.tcp(443)]'",
  'monitoring that the profile does not know':
    "[shop/web] KEELSON1359 'connections.from' must be monitoring that is known, got the monitoring of a profile that names none: set the cluster profile's 'monitoring'",
  'connection port 0':
    "[shop/web] KEELSON1090 'connections.to.ports' must be an integer from 1 to 65535, got 0: give the port that is listened on",
  'toleration time without NoExecute':
    "[shop/web] KEELSON1281 'tolerations.evictAfter' must be given with TaintEffect.NO_EXECUTE only, got 60 s with every effect: set that effect, or remove it: no other one evicts",
  'node affinity weight 0':
    "[shop/web] KEELSON1270 'nodeAffinity.weight' must be an integer from 1 to 100, got 0: choose what it counts beside other preferences",
  'node selector with a space':
    "[shop/web] KEELSON1054 'nodeSelector.disk' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 's s d': try 's-s-d'",
  'spread with skew 0':
    "[shop/web] KEELSON1277 'topologySpread.maxSkew' must be an integer from 1, got 0: count the pods that one place may have more",
  'claim of nothing':
    "[shop/data] KEELSON1125 'size' must be a size above 0, got '0Gi': try Size.mebibytes(64)",
  'a profile older than supported':
    "[shop/old] KEELSON1152 'cluster.version' must be 1.27 or newer, got '1.19': upgrade the cluster",
  'a gateway without a listener':
    "[shop/none] KEELSON1163 'cluster.gateway.listeners' must be at least one listener, got none: give those of the Gateway, or leave 'listeners' out",
};

describe('bad input gives no YAML, but a line that says what to change', () => {
  test.each(Object.entries(mistakes))('fails for %s', (name, make) => {
    const { app, chart } = inChart();
    make(chart);
    expect(messageOf(app)).toBe(`Nothing was written, 1 to fix:\n  ${said[name]}`);
  });

  test('every mistake has its line, and no line is left over', () => {
    expect(Object.keys(said).sort()).toEqual(Object.keys(mistakes).sort());
    expect(Object.keys(said).length).toBeGreaterThanOrEqual(50);
  });

  test('ten mistakes in one app are said at once, sorted by path', () => {
    const { app, chart } = inChart();
    const image = 'registry.example.com/shop/web:1.8.2';
    new Metadata({ labels: { team: 'our team' } }).applyTo(chart);
    new WebApp(chart, 'storefront', {
      image: 'registry.example.com/shop/web', port: 70000, health, replicas: -1,
      env: { 'A B': EnvValue.fromValue('x') }, volumes: { 'etc/app': Volume.emptyDir() },
    });
    new WebApp(chart, 'catalogue', {
      image, port: 8080, health, resources: { cpuRequest: Cpu.units(2), cpuLimit: Cpu.units(1) },
      scaling: Scaling.onCpu({ min: 5, max: 3, percent: 70 }), exposure: Exposure.https('Bad Host!'),
      preStop: PreStop.sleep(Duration.seconds(40)), terminationGracePeriod: Duration.seconds(30),
    });
    expect(messageOf(app).split('\n  ')).toEqual([
      'Nothing was written, 10 to fix:',
      "[shop] KEELSON1054 'metadata.labels.team' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'our team': try 'our-team'",
      "[shop/catalogue] KEELSON1112 'exposure.host' must be a host name of lower-case letters, digits, '-' and '.', got 'Bad Host!': write it like 'shop.example.com'",
      "[shop/catalogue] KEELSON1250 'resources.cpuRequest' must be at most the CPU limit, 1, got 2: lower it, or set 'cpuLimit' to at least 2",
      "[shop/catalogue] KEELSON1260 'preStop' must be shorter than 'terminationGracePeriod', 30 s, got 40 s: lengthen 'terminationGracePeriod' to 70 s, or wait for less",
      "[shop/catalogue] KEELSON2057 'scaling.max' must be at least min, 5, got 3: swap the two, or raise max",
      "[shop/storefront] KEELSON1090 'port' must be an integer from 1 to 65535, got 70000: give the port that is listened on",
      "[shop/storefront] KEELSON1103 'image' must be an image with a tag or a digest, got 'registry.example.com/shop/web': end it in ':<version>' or '@sha256:<digest>'",
      "[shop/storefront] KEELSON1203 'volumes.etc/app' must be an absolute path other than '/' and '/proc', without ':' and '..', got 'etc/app': write the whole path, such as '/var/cache/app'",
      "[shop/storefront] KEELSON1312 'env.A B' must be a name of letters, digits, '-', '_' and '.' that begins with no digit and not with '..', got 'A B': try 'A_B'",
      "[shop/storefront] KEELSON2061 'replicas' must be an integer from 0 to 2147483647, got -1: give a whole number",
    ]);
  });
});
