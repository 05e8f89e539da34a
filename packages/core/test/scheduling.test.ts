import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Faults, type IPriorityClass, KubernetesVersion, LabelExpression, NodeAffinity, PodAffinity, PodAntiAffinity, PriorityClass, TaintEffect,
  Toleration, Topology, TopologySpread,
} from '../src';
import { renderScheduling } from '../src/private/render-scheduling';

type Props = Parameters<typeof renderScheduling>[0];

const INSTANCE = { 'app.kubernetes.io/instance': 'web' };
const DEPLOYMENT = { replicated: true, revisionLabel: 'pod-template-hash' };
const SINGLE = { replicated: false, revisionLabel: 'pod-template-hash' };
const target = (version = '1.33') => ({ version: KubernetesVersion.of(version) });
const rendered = (props: Props, replication = DEPLOYMENT, version?: string): Record<string, unknown> =>
  JSON.parse(JSON.stringify(renderScheduling(props, INSTANCE, target(version), replication).rendered)) as Record<string, unknown>;
const faultsOf = (props: Props) =>
  renderScheduling(props, INSTANCE, target(), DEPLOYMENT).faults.map(({ prop, fault }) => Faults.describe(prop, fault));

const LINUX = { weight: 1, preference: { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] } };
const LINUX_ONLY = { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [LINUX] } } };
const OWN = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: INSTANCE } };
const OWN_REVISION = { weight: 100, podAffinityTerm: { ...OWN, matchLabelKeys: ['pod-template-hash'] } };
const ZONES = {
  maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: INSTANCE },
  matchLabelKeys: ['pod-template-hash'],
};

describe('W8 scheduling: defaults', () => {
  test('replicas keep apart over zones and nodes, where possible, within one revision', () => {
    expect(rendered({})).toEqual({
      affinity: { ...LINUX_ONLY.affinity, podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [OWN_REVISION] } },
      topologySpreadConstraints: [ZONES],
    });
  });

  test.each([['1.27', OWN], ['1.30', OWN], ['1.31', OWN_REVISION.podAffinityTerm], ['1.36', OWN_REVISION.podAffinityTerm]])(
    'on %s an anti-affinity is as narrow as the version keeps it', (version, podAffinityTerm) => {
      expect(rendered({}, DEPLOYMENT, version)).toEqual({
        affinity: {
          ...LINUX_ONLY.affinity, podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm }] },
        },
        topologySpreadConstraints: [ZONES],
      });
    });

  test('without a label for revisions all pods of the workload count', () => {
    const all = JSON.parse(JSON.stringify(renderScheduling({}, INSTANCE, target(), { replicated: true }).rendered)) as unknown;
    expect(JSON.stringify(all)).not.toContain('matchLabelKeys');
  });

  test('one pod only prefers Linux', () => {
    expect(rendered({}, SINGLE)).toEqual(LINUX_ONLY);
  });

  test('each can be taken away', () => {
    expect(rendered({ topologySpread: [], podAntiAffinity: [], nodeAffinity: [] })).toEqual({});
    expect(rendered({ topologySpread: [] })).not.toHaveProperty('topologySpreadConstraints');
    expect(rendered({ podAntiAffinity: [] })).toEqual({ ...LINUX_ONLY, topologySpreadConstraints: [ZONES] });
  });

  test('what is said of other pods, or of other labels of nodes, comes beside them', () => {
    const other = PodAntiAffinity.required({ labels: { app: 'batch' }, topology: Topology.HOSTNAME });
    expect(rendered({ podAntiAffinity: [other], nodeAffinity: [NodeAffinity.required(LabelExpression.exists('disk'))] })).toMatchObject({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }] },
          preferredDuringSchedulingIgnoredDuringExecution: [LINUX],
        },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'batch' } } }],
          preferredDuringSchedulingIgnoredDuringExecution: [OWN_REVISION],
        },
      },
    });
  });

  test('what is said of the same pods or label comes in their place', () => {
    const own = PodAntiAffinity.required({ labels: INSTANCE, topology: Topology.ZONE });
    expect(rendered({ podAntiAffinity: [own], nodeSelector: { 'kubernetes.io/os': 'windows' } })).toEqual({
      nodeSelector: { 'kubernetes.io/os': 'windows' },
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [
        // of the next release, a pod may be where one of this release is: else neither could go first
        { ...OWN, topologyKey: 'topology.kubernetes.io/zone', matchLabelKeys: ['pod-template-hash'] },
      ] } },
      topologySpreadConstraints: [ZONES],
    });
    const windows = NodeAffinity.required(LabelExpression.in('kubernetes.io/os', ['windows']));
    expect(rendered({ nodeAffinity: [windows] }, SINGLE)).not.toHaveProperty('affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution');
    const elsewhere = PodAntiAffinity.required({ labels: INSTANCE, topology: Topology.ZONE, namespaces: ['other'] });
    expect(rendered({ podAntiAffinity: [elsewhere] })).toHaveProperty('affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution', [OWN_REVISION]);
  });

  test('the priority class is the one named, else the profile has one', () => {
    const of = (props: Props, ofCluster?: IPriorityClass) => {
      const { rendered } = renderScheduling(props, INSTANCE, { ...target(), priorityClass: ofCluster }, SINGLE);
      return rendered as { priorityClassName?: string };
    };
    const standard = PriorityClass.fromPriorityClassName('standard');
    const priorityClass = PriorityClass.fromPriorityClassName('shop-critical');
    expect([of({}), of({}, standard), of({ priorityClass }, standard)].map(spec => spec.priorityClassName))
      .toEqual([undefined, 'standard', 'shop-critical']);
  });
});

describe('W8 scheduling: nodes', () => {
  test('of required ones each value is an alternative, and its expressions hold together', () => {
    const nodeAffinity = [
      NodeAffinity.required(LabelExpression.in('disk', ['ssd', 'nvme']), LabelExpression.notIn('zone', ['c'])),
      NodeAffinity.required(LabelExpression.doesNotExist('old'), LabelExpression.greaterThan('cores', 8), LabelExpression.lessThan('age', 7)),
      NodeAffinity.preferred(100, LabelExpression.exists('kubernetes.io/os')),
    ];
    expect(rendered({ nodeAffinity }, SINGLE)).toEqual({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }, { key: 'zone', operator: 'NotIn', values: ['c'] }] },
              {
                matchExpressions: [
                  { key: 'old', operator: 'DoesNotExist' }, { key: 'cores', operator: 'Gt', values: ['8'] }, { key: 'age', operator: 'Lt', values: ['7'] },
                ],
              },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, preference: { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'Exists' }] } },
          ],
        },
      },
    });
    expect(faultsOf({ nodeAffinity })).toEqual([]);
  });

  test.each([
    [NodeAffinity.required(), "KEELSON1274 'nodeAffinity' must be at least one expression, got no expressions: name a label of the nodes: without one, no node is meant"],
    [NodeAffinity.preferred(0, LabelExpression.exists('a')),
      "KEELSON1270 'nodeAffinity.weight' must be an integer from 1 to 100, got 0: choose what it counts beside other preferences"],
    [NodeAffinity.preferred(101, LabelExpression.exists('a')),
      "KEELSON1270 'nodeAffinity.weight' must be an integer from 1 to 100, got 101: choose what it counts beside other preferences"],
    [NodeAffinity.required(LabelExpression.in('disk', [])),
      "KEELSON1271 'nodeAffinity.disk' must be compared with at least one value, got no values: name the values, or use exists or doesNotExist"],
    [NodeAffinity.required(LabelExpression.greaterThan('cores', 1.5)),
      "KEELSON1272 'nodeAffinity.cores' must be compared with an integer, got 1.5: labels are compared as whole numbers: round it"],
    [NodeAffinity.required(LabelExpression.lessThan('cores', -1)),
      "KEELSON1430 'nodeAffinity.cores' must be compared with 0 or more, since no label's value begins with '-', got -1: use exists or doesNotExist"],
    [NodeAffinity.required(LabelExpression.in('my disk', ['a', 'b'])),
      "KEELSON1052 'nodeAffinity' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'my disk': try 'my-disk'"],
    [NodeAffinity.required(LabelExpression.notIn('disk', ['a b'])),
      "KEELSON1054 'nodeAffinity.disk' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
  ])('fails for bad ones (%#)', (affinity, message) => {
    expect(faultsOf({ nodeAffinity: [affinity] })).toEqual([message]);
  });

  test.each([1, 100])('takes the weight %d', (weight) => {
    expect(faultsOf({ nodeAffinity: [NodeAffinity.preferred(weight, LabelExpression.exists('a'))] })).toEqual([]);
  });
});

describe('W8 scheduling: other pods', () => {
  test('are near, or away, by node, zone, region or a place of your own', () => {
    const labels = { app: 'cache' };
    expect(rendered({
      podAffinity: [
        PodAffinity.required({ labels, topology: Topology.ZONE, namespaces: ['shared'] }),
        PodAffinity.preferred(7, { expressions: [LabelExpression.in('tier', ['cache', 'queue'])], topology: Topology.custom('example.com/rack') }),
      ],
      podAntiAffinity: [PodAntiAffinity.preferred(8, { labels, topology: Topology.REGION, namespaces: [] })],
    }, SINGLE)).toEqual({
      affinity: {
        ...LINUX_ONLY.affinity,
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: labels }, namespaces: ['shared'] },
          ],
          preferredDuringSchedulingIgnoredDuringExecution: [{
            weight: 7,
            podAffinityTerm: {
              topologyKey: 'example.com/rack', labelSelector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['cache', 'queue'] }] },
            },
          }],
        },
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 8, podAffinityTerm: { topologyKey: 'topology.kubernetes.io/region', labelSelector: { matchLabels: labels } } },
          ],
        },
      },
    });
  });

  test('fails for bad ones, near and away alike', () => {
    const bad = {
      labels: { app: 'a b' }, expressions: [LabelExpression.greaterThan('age', 1)], namespaces: ['Shop'], topology: Topology.custom('a/b/c'),
    };
    const messages = (prop: string, weight: number) => [
      `KEELSON1270 '${prop}.weight' must be an integer from 1 to 100, got ${weight}: choose what it counts beside other preferences`,
      `KEELSON1054 '${prop}.labels.app' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'`,
      `KEELSON1273 '${prop}.expressions.age' must be in, notIn, exists or doesNotExist for pods, got greaterThan: `
        + 'name the values: only labels of nodes are compared as numbers',
      `KEELSON1062 '${prop}.namespaces' must be lower-case letters, digits and '-' for a Namespace, got 'Shop': try 'shop'`,
      `KEELSON1050 '${prop}.topology' must be a label key with at most one '/', got 'a/b/c': try 'a/b-c'`,
    ];
    expect(faultsOf({ podAffinity: [PodAffinity.preferred(0, bad)] })).toEqual(messages('podAffinity', 0));
    expect(faultsOf({ podAntiAffinity: [PodAntiAffinity.preferred(101, bad)] })).toEqual(messages('podAntiAffinity', 101));
    expect(faultsOf({ podAffinity: [PodAffinity.required(bad)] })).toEqual(messages('podAffinity', 0).slice(1));
    const all = { topology: Topology.ZONE };
    expect(faultsOf({ podAffinity: [PodAffinity.required(all)], podAntiAffinity: [PodAntiAffinity.required(all)] }))
      .toEqual(['podAffinity', 'podAntiAffinity'].map(prop =>
        `KEELSON1275 '${prop}' must be at least one label or expression, got no labels: name the pods: without, all pods of the namespace are meant`));
  });
});

describe('W8 scheduling: spread', () => {
  test('is soft, or required with as many places as are asked for', () => {
    const topologySpread = [
      TopologySpread.over(Topology.HOSTNAME, { maxSkew: 2 }), TopologySpread.over(Topology.ZONE, { required: true, minDomains: 3 }),
    ];
    expect(rendered({ topologySpread }))
      .toHaveProperty('topologySpreadConstraints', [
        { ...ZONES, maxSkew: 2, topologyKey: 'kubernetes.io/hostname' }, { ...ZONES, whenUnsatisfiable: 'DoNotSchedule', minDomains: 3 },
      ]);
  });

  test('of one topology may be soft and required', () => {
    const required = TopologySpread.over(Topology.ZONE, { required: true, maxSkew: 1, minDomains: 1 });
    const topologySpread = [TopologySpread.over(Topology.ZONE), required];
    expect(faultsOf({ topologySpread })).toEqual([]);
  });

  test.each([
    [TopologySpread.over(Topology.ZONE, { maxSkew: 0 }),
      "KEELSON1277 'topologySpread.maxSkew' must be an integer from 1, got 0: count the pods that one place may have more"],
    [TopologySpread.over(Topology.ZONE, { required: true, minDomains: 0 }), "KEELSON1278 'topologySpread.minDomains' must be an integer from 1, got 0: count the places"],
    [TopologySpread.over(Topology.ZONE, { minDomains: 2 }),
      "KEELSON1279 'topologySpread.minDomains' must be left out without 'required: true', got 2: make the spread required, or remove it"],
    [TopologySpread.over(Topology.custom('')),
      "KEELSON1052 'topologySpread.topology' must be a label key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got '': "
        + 'use at least one letter or digit'],
  ])('fails for bad ones (%#)', (spread, message) => {
    expect(faultsOf({ topologySpread: [spread] })).toEqual([message]);
  });

  test('fails for one topology twice, once', () => {
    const spread = () => TopologySpread.over(Topology.ZONE);
    expect(faultsOf({ topologySpread: [spread(), spread(), spread()] })).toEqual([
      "KEELSON1280 'topologySpread' must be one spread for each topology, at most one required and one not, "
        + 'got topology.kubernetes.io/zone, not required, again: remove one of the two',
    ]);
  });
});

describe('W8 scheduling: taints', () => {
  test('are tolerated by key, by value, or all, for as long as is said', () => {
    expect(rendered({
      tolerations: [
        Toleration.exists('gpu'),
        Toleration.value('dedicated', 'batch', { effect: TaintEffect.NO_SCHEDULE }),
        Toleration.value('empty', ''),
        Toleration.everything(),
        Toleration.everything({ effect: TaintEffect.PREFER_NO_SCHEDULE }),
        Toleration.exists('node.kubernetes.io/unreachable', { effect: TaintEffect.NO_EXECUTE, evictAfter: Duration.seconds(0) }),
      ],
    }, SINGLE)).toHaveProperty('tolerations', [
      { key: 'gpu', operator: 'Exists' },
      { key: 'dedicated', operator: 'Equal', value: 'batch', effect: 'NoSchedule' },
      { key: 'empty', operator: 'Equal', value: '' },
      { operator: 'Exists' },
      { operator: 'Exists', effect: 'PreferNoSchedule' },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 },
    ]);
  });

  test.each([
    [Toleration.exists('a b'),
      "KEELSON1052 'tolerations' must be a taint's key of letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'a b': try 'a-b'"],
    [Toleration.value('a', 'b c'),
      "KEELSON1054 'tolerations.a' must be empty or letters, digits, '-', '_' and '.', with a letter or digit at both ends, got 'b c': try 'b-c'"],
    [Toleration.exists('a', { evictAfter: Duration.seconds(5) }), "KEELSON1281 'tolerations.evictAfter' must be given with TaintEffect.NO_EXECUTE only, "
      + 'got 5 s with every effect: set that effect, or remove it: no other one evicts'],
    [Toleration.everything({ effect: TaintEffect.NO_SCHEDULE, evictAfter: Duration.seconds(5) }),
      "KEELSON1281 'tolerations.evictAfter' must be given with TaintEffect.NO_EXECUTE only, "
      + 'got 5 s with NoSchedule: set that effect, or remove it: no other one evicts'],
    [Toleration.exists('a', { effect: TaintEffect.NO_EXECUTE, evictAfter: Duration.millis(500) }),
      "KEELSON1123 'tolerations.evictAfter' must be whole seconds, got 0.5 s: try Duration.seconds(1)"],
  ])('fails for bad ones (%#)', (toleration, message) => {
    expect(faultsOf({ tolerations: [toleration] })).toEqual([message]);
  });
});

describe('W12 priority', () => {
  test.each([
    ['another object', { name: 'db', kind: 'Secret' }, "must be a PriorityClass, got the Secret 'db': pass a PriorityClass"],
    ['a name', 'high', "must be a PriorityClass, got 'high': write PriorityClass.fromPriorityClassName('high')"],
    ['nothing of the kind', { name: 'high' }, 'must be a PriorityClass, got an object: pass a PriorityClass'],
  ])('fails for %s', (_, priorityClass, message) => {
    expect(faultsOf({ priorityClass: priorityClass as IPriorityClass })).toEqual([`KEELSON1300 'priorityClass' ${message}`]);
  });

  test('fails for a class that cannot be', () => {
    expect(faultsOf({ priorityClass: PriorityClass.fromPriorityClassName('Shop Critical') })).toEqual([
      "KEELSON1062 'priorityClass.name' must be lower-case letters, digits, '-' and '.' for a PriorityClass, got 'Shop Critical': try 'shop-critical'",
    ]);
  });
});
