import { Duration } from 'cdk8s';
import { before, since } from '@keelson/testing/specimen';
import {
  LabelExpression, NodeAffinity, PodAffinity, PodAntiAffinity, PriorityClass, TaintEffect, Toleration, Topology, TopologySpread,
} from '../../src';
import { Server } from './server';
import { specimen } from './specimen';
import { NodeAgent } from './workloads';

const POD = 'Deployment spec.template.spec';
const REPLICATED = { replicated: true, revisionLabel: 'pod-template-hash' };
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

export const defaults = specimen({
  title: 'core-scheduling-replicated',
  shows: [
    `${POD}.topologySpreadConstraints = [{ maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app.kubernetes.io/instance: checkout } }, matchLabelKeys: [pod-template-hash] }]`,
    `${POD}.affinity.podAntiAffinity.${PREFERRED} has { weight: 100, podAffinityTerm: { topologyKey: kubernetes.io/hostname } }`,
    since('1.31', `${POD}.affinity.podAntiAffinity.${PREFERRED}[0].podAffinityTerm.matchLabelKeys = [pod-template-hash]`),
    before('1.31', `${POD}.affinity.podAntiAffinity.${PREFERRED}[0].podAffinityTerm.matchLabelKeys is absent`),
    `${POD}.affinity.nodeAffinity.${PREFERRED} = [{ weight: 1, preference: { matchExpressions: [{ key: kubernetes.io/os, operator: In, values: [linux] }] } }]`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {}, REPLICATED);
  },
});

export const topologySpread = specimen({
  title: 'core-scheduling-spread',
  shows: [
    `${POD}.topologySpreadConstraints has { topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, maxSkew: 1, minDomains: 2 }`,
    `${POD}.topologySpreadConstraints has { topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, maxSkew: 2 }`,
    `${POD}.topologySpreadConstraints has { topologyKey: topology.kubernetes.io/region }`,
    `${POD}.topologySpreadConstraints has { topologyKey: example.com/rack }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      topologySpread: [
        TopologySpread.over(Topology.ZONE, { required: true, minDomains: 2 }),
        TopologySpread.over(Topology.HOSTNAME, { maxSkew: 2 }),
        TopologySpread.over(Topology.REGION),
        TopologySpread.over(Topology.custom('example.com/rack')),
      ],
    }, REPLICATED);
  },
});

export const nodes = specimen({
  title: 'core-scheduling-nodes',
  shows: [
    `${POD}.nodeSelector = { kubernetes.io/os: linux, kubernetes.io/arch: amd64 }`,
    `${POD}.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms = [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [zone-a] }, { key: example.com/retired, operator: DoesNotExist }] }, { matchExpressions: [{ key: topology.kubernetes.io/region, operator: NotIn, values: [abroad] }] }]`,
    `${POD}.affinity.nodeAffinity.${PREFERRED} has { weight: 50, preference: { matchExpressions: [{ key: example.com/cores, operator: Gt, values: ["8"] }] } }`,
    `${POD}.affinity.nodeAffinity.${PREFERRED} has { weight: 10, preference: { matchExpressions: [{ key: example.com/age, operator: Lt, values: ["3"] }, { key: example.com/ssd, operator: Exists }] } }`,
  ],
  define: (chart) => {
    new Server(chart, 'search', {
      nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
      nodeAffinity: [
        NodeAffinity.required(LabelExpression.in('topology.kubernetes.io/zone', ['zone-a']), LabelExpression.doesNotExist('example.com/retired')),
        NodeAffinity.required(LabelExpression.notIn('topology.kubernetes.io/region', ['abroad'])),
        NodeAffinity.preferred(50, LabelExpression.greaterThan('example.com/cores', 8)),
        NodeAffinity.preferred(10, LabelExpression.lessThan('example.com/age', 3), LabelExpression.exists('example.com/ssd')),
      ],
    });
  },
});

export const near = specimen({
  title: 'core-scheduling-near',
  shows: [
    `Deployment/checkout spec.template.spec.affinity.podAffinity.${REQUIRED} = [{ topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app.kubernetes.io/instance: cache } } }]`,
    `Deployment/checkout spec.template.spec.affinity.podAffinity.${PREFERRED} has { weight: 20, podAffinityTerm: { topologyKey: kubernetes.io/hostname, namespaces: [core-scheduling-near-search], labelSelector: { matchExpressions: [{ key: app, operator: In, values: [search, suggest] }] } } }`,
  ],
  define: (chart, more) => {
    new Server(chart, 'cache');
    const search = more('search');
    new Server(search, 'search');
    new Server(chart, 'checkout', {
      podAffinity: [
        PodAffinity.required({ labels: { 'app.kubernetes.io/instance': 'cache' }, topology: Topology.ZONE }),
        PodAffinity.preferred(20, {
          expressions: [LabelExpression.in('app', ['search', 'suggest'])], topology: Topology.HOSTNAME, namespaces: ['core-scheduling-near-search'],
        }),
      ],
    });
  },
});

export const apart = specimen({
  title: 'core-scheduling-apart',
  shows: [
    `Deployment/checkout spec.template.spec.affinity.podAntiAffinity.${REQUIRED} has { topologyKey: kubernetes.io/hostname, labelSelector: { matchLabels: { app.kubernetes.io/instance: search } } }`,
    `Deployment/checkout spec.template.spec.affinity.podAntiAffinity.${PREFERRED} has { weight: 30, podAffinityTerm: { topologyKey: topology.kubernetes.io/zone } }`,
  ],
  define: (chart) => {
    new Server(chart, 'search');
    new Server(chart, 'checkout', {
      podAntiAffinity: [
        PodAntiAffinity.required({ labels: { 'app.kubernetes.io/instance': 'search' }, topology: Topology.HOSTNAME }),
        PodAntiAffinity.preferred(30, { labels: { team: 'batch' }, topology: Topology.ZONE }),
      ],
    });
  },
});

export const ownApart = specimen({
  title: 'core-scheduling-own-apart',
  shows: [
    `${POD}.affinity.podAntiAffinity.${REQUIRED} has { topologyKey: topology.kubernetes.io/zone, labelSelector: { matchLabels: { app.kubernetes.io/instance: checkout } } }`,
    `${POD}.affinity.podAntiAffinity.${PREFERRED} is absent`,
    `${POD}.topologySpreadConstraints is absent`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      podAntiAffinity: [PodAntiAffinity.required({ labels: { 'app.kubernetes.io/instance': 'checkout' }, topology: Topology.ZONE })],
      topologySpread: [],
    }, REPLICATED);
  },
});

export const tolerations = specimen({
  title: 'core-scheduling-tolerations',
  shows: [
    `${POD}.tolerations = [{ key: dedicated, operator: Equal, value: batch, effect: NoSchedule }, { key: example.com/spot, operator: Exists, effect: PreferNoSchedule }, { key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 30 }]`,
  ],
  define: (chart) => {
    new Server(chart, 'reports', {
      tolerations: [
        Toleration.value('dedicated', 'batch', { effect: TaintEffect.NO_SCHEDULE }),
        Toleration.exists('example.com/spot', { effect: TaintEffect.PREFER_NO_SCHEDULE }),
        Toleration.exists('node.kubernetes.io/unreachable', { effect: TaintEffect.NO_EXECUTE, evictAfter: Duration.seconds(30) }),
      ],
    });
  },
});

export const everywhere = specimen({
  title: 'core-scheduling-everywhere',
  shows: ['DaemonSet spec.template.spec.tolerations = [{ operator: Exists }]'],
  define: (chart) => {
    new NodeAgent(chart, 'node-agent', { image: 'registry.example.com/platform/node-agent:2.4.0', tolerations: [Toleration.everything()] });
  },
});

export const priorityClass = specimen({
  title: 'core-scheduling-priority',
  shows: [`${POD}.priorityClassName = core-scheduling-priority-critical`],
  define: (chart) => {
    new Server(chart, 'checkout', { priorityClass: PriorityClass.fromPriorityClassName('core-scheduling-priority-critical') });
  },
});
