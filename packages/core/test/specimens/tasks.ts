import { before } from '@keelson/testing/specimen';
import { RestartPolicy } from '../../src';
import { specimen } from './specimen';
import { Task } from './workloads';

export const restartPolicies = specimen({
  title: 'core-task-restart-policy',
  shows: [
    'Job/import spec.template.spec.restartPolicy = OnFailure',
    'Job/invoice spec.template.spec.restartPolicy = Never',
  ],
  define: (chart) => {
    new Task(chart, 'import', { image: 'registry.example.com/shop/import:1.0.4' }, { restartPolicy: RestartPolicy.ON_FAILURE });
    new Task(chart, 'invoice', { image: 'registry.example.com/shop/invoice:1.0.4' }, { restartPolicy: RestartPolicy.NEVER });
  },
});

export const sidecar = specimen({
  title: 'core-task-sidecar',
  shows: ['Job spec.template.spec.initContainers[0] has { name: proxy, restartPolicy: Always }'],
  refused: [before('1.29', 'KEELSON1211')],
  define: (chart) => {
    new Task(chart, 'import', {
      image: 'registry.example.com/shop/import:1.0.4', sidecars: [{ name: 'proxy', image: 'registry.example.com/platform/proxy:1.4.2' }],
    });
  },
});
