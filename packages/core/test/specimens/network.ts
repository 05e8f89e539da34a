import { NodeAgent } from './workloads';
import { Server } from './server';
import { specimen } from './specimen';

export const hostNetwork = specimen({
  title: 'core-network-host',
  shows: ['DaemonSet spec.template.spec.hostNetwork = true', 'DaemonSet spec.template.spec.dnsPolicy = ClusterFirstWithHostNet'],
  warns: ['KEELSON1371'],
  define: (chart) => {
    new NodeAgent(chart, 'load-balancer', { image: 'registry.example.com/platform/load-balancer:0.14.8', unsafeHostNetwork: true });
  },
});

export const dnsOptions = specimen({
  title: 'core-network-dns-options',
  shows: ['Deployment spec.template.spec.dnsConfig.options = [{ name: ndots, value: "2" }, { name: timeout, value: "1" }, { name: single-request-reopen }]'],
  define: (chart) => {
    new Server(chart, 'checkout', { dnsOptions: { timeout: '1', 'single-request-reopen': '' } });
  },
});
