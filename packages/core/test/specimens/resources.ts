import { Size } from 'cdk8s';
import { Cpu, PodDefaults, Task } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

const MAIN = 'Deployment spec.template.spec.containers[0]';

export const defaults = specimen({
  title: 'core-resources-defaults',
  shows: [
    `${MAIN}.resources.requests = { cpu: 100m, memory: 128Mi, ephemeral-storage: 64Mi }`,
    `${MAIN}.resources.limits = { cpu: 500m, memory: 128Mi, ephemeral-storage: 256Mi }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout');
  },
});

export const each = specimen({
  title: 'core-resources',
  shows: [
    `${MAIN}.resources.requests = { cpu: 250m, memory: 256Mi, ephemeral-storage: 128Mi }`,
    `${MAIN}.resources.limits = { cpu: "2", memory: 512Mi, ephemeral-storage: 1Gi }`,
  ],
  define: (chart) => {
    new Server(chart, 'checkout', {
      resources: {
        cpuRequest: Cpu.millis(250),
        cpuLimit: Cpu.units(2),
        memoryRequest: Size.mebibytes(256),
        memoryLimit: Size.mebibytes(512),
        ephemeralStorageRequest: Size.mebibytes(128),
        ephemeralStorageLimit: Size.gibibytes(1),
      },
    });
  },
});

export const unlimitedCpu = specimen({
  title: 'core-resources-unlimited-cpu',
  shows: [`${MAIN}.resources.limits.cpu is absent`, `${MAIN}.resources.requests.cpu = 500m`],
  define: (chart) => {
    new Server(chart, 'search', { resources: { cpuRequest: Cpu.millis(500), unlimitedCpu: true } });
  },
});

export const extended = specimen({
  title: 'core-resources-extended',
  shows: [
    'Job spec.template.spec.containers[0].resources.requests has { nvidia.com/gpu: "1" }',
    'Job spec.template.spec.containers[0].resources.limits has { nvidia.com/gpu: "1" }',
  ],
  define: (chart) => {
    // Suspended until somebody has a node for it.
    new Task(chart, 'training', {
      image: 'registry.example.com/shop/training:0.9.0', resources: { extendedResources: { 'nvidia.com/gpu': 1 } }, suspend: true,
    });
  },
});

export const ofAScope = specimen({
  title: 'core-resources-of-a-scope',
  shows: [
    'Deployment/checkout spec.template.spec.containers[0].resources.requests has { cpu: 50m, memory: 128Mi }',
    'Deployment/search spec.template.spec.containers[0].resources.requests has { cpu: 50m, memory: 1Gi }',
  ],
  define: (chart) => {
    new PodDefaults({ resources: { cpuRequest: Cpu.millis(50) } }).applyTo(chart);
    new Server(chart, 'checkout');
    new Server(chart, 'search', { resources: { memoryRequest: Size.gibibytes(1) } });
  },
});
