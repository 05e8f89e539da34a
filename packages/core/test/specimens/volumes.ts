import { ConfigMap, DownwardField, Secret, Volume } from '../../src';
import { Server } from './server';
import { specimen } from './specimen';

export const projected = specimen({
  title: 'core-volume-projected',
  shows: [
    'Deployment spec.template.spec.volumes has { projected: { sources: [{ configMap: { name: rates } }, { secret: { name: rates-key } }, { downwardAPI: { items: [{ path: zone, fieldRef: { fieldPath: metadata.namespace } }] } }] } }',
  ],
  define: (chart) => {
    const rates = new ConfigMap(chart, 'rates', { data: { 'rates.json': '{"EUR":1,"USD":1.09}' } });
    new Server(chart, 'checkout', {
      volumes: {
        '/etc/rates': Volume.projected([
          Volume.fromConfigMap(rates), Volume.fromSecret(Secret.fromSecretName('rates-key')), Volume.downwardApi({ zone: DownwardField.NAMESPACE }),
        ]),
      },
    });
  },
});
