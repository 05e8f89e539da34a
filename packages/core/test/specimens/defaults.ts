import { Size } from 'cdk8s';
import { EnvValue, PodDefaults, PreemptionPolicy, PriorityClass, Secret, Toleration } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const pod = (name: string) => `Deployment/${name} spec.template.spec`;

export const ofAScope = specimen({
  title: 'core-defaults-of-a-scope',
  shows: [
    `${pod('checkout')}.containers[0].env = [{ name: TZ, value: UTC }, { name: LOG_LEVEL, value: info }]`,
    `${pod('search')}.containers[0].env = [{ name: TZ, value: UTC }, { name: LOG_LEVEL, value: debug }]`,
    `${pod('checkout')}.containers[0].resources.requests has { memory: 256Mi }`,
    'Deployment/checkout spec.template.metadata has { labels: { tier: backend }, annotations: { example.com/log: json } }',
    'Deployment/checkout metadata.labels.tier is absent',
    `${pod('checkout')} has { tolerations: [{ key: example.com/batch, operator: Exists }], nodeSelector: { kubernetes.io/os: linux } }`,
    `${pod('checkout')} has { priorityClassName: core-defaults-of-a-scope-usual, imagePullSecrets: [{ name: registry-login }] }`,
    `${pod('search')}.nodeSelector is absent`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout');
    new PodDefaults({
      env: { TZ: EnvValue.fromValue('UTC'), LOG_LEVEL: EnvValue.fromValue('info') },
      labels: { tier: 'backend' },
      annotations: { 'example.com/log': 'json' },
      resources: { memoryRequest: Size.mebibytes(256) },
      tolerations: [Toleration.exists('example.com/batch')],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClass: PriorityClass.fromPriorityClassName('core-defaults-of-a-scope-usual'),
      imagePullSecrets: [Secret.fromSecretName('registry-login')],
    }).applyTo(chart);
    new Server(chart, 'search', { env: { LOG_LEVEL: EnvValue.fromValue('debug') }, nodeSelector: {} });
  },
});

export const priorityClasses = specimen({
  title: 'core-priority-class',
  shows: [
    'PriorityClass/core-priority-class-critical value = 100000',
    'PriorityClass/core-priority-class-critical description = "what customers pay by"',
    'PriorityClass/core-priority-class-critical preemptionPolicy = PreemptLowerPriority',
    'PriorityClass/core-priority-class-critical metadata = { name: core-priority-class-critical, labels: { team: payments } }',
    'PriorityClass/core-priority-class-patient preemptionPolicy = Never',
    'PriorityClass/core-priority-class-patient value = -2147483648',
    `${pod('checkout')}.priorityClassName = core-priority-class-critical`,
    `${pod('report')}.priorityClassName = core-priority-class-patient`,
  ],
  define: (chart) => {
    const critical = new PriorityClass(chart, 'critical', {
      name: 'core-priority-class-critical', value: 100000, description: 'what customers pay by', labels: { team: 'payments' },
      preemptionPolicy: PreemptionPolicy.PREEMPT_LOWER_PRIORITY,
    });
    const patient = new PriorityClass(chart, 'core-priority-class-patient', { value: -2147483648, preemptionPolicy: PreemptionPolicy.NEVER });
    new Server(chart, 'checkout', { priorityClass: critical });
    new Server(chart, 'report', { priorityClass: patient });
  },
});

export const globalDefault = specimen({
  title: 'core-priority-class-default',
  shows: ['PriorityClass globalDefault = true', 'Deployment spec.template.spec.priorityClassName is absent'],
  define: (chart) => {
    new PriorityClass(chart, 'core-priority-class-default-usual', { value: 0, globalDefault: true });
    new Server(chart, 'checkout');
  },
});

export const systemClasses = specimen({
  title: 'core-priority-class-system',
  shows: [`${pod('resolver')}.priorityClassName = system-cluster-critical`, `${pod('network')}.priorityClassName = system-node-critical`],
  define: (chart) => {
    new Server(chart, 'resolver', { priorityClass: PriorityClass.SYSTEM_CLUSTER_CRITICAL });
    new Server(chart, 'network', { priorityClass: PriorityClass.SYSTEM_NODE_CRITICAL });
  },
});
