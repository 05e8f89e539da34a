import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type Endpoint, EnvValue, OtherEndpoint, Peer, Port, Service, Volume, WaitFor } from '../src';
import { charted, mistakes, type Rendered, Server } from './server';

const offered: Endpoint = { env: { QUEUE_USER: EnvValue.fromValue('app') } };
const readers: Endpoint = { env: { QUEUE_USER: EnvValue.fromValue('reader') } };

/** A server that clients sign in to as one of two users. */
function world() {
  const chart = charted();
  const queue = new Server(chart, 'queue', { image: 'registry.example.com/queue:1' }, { ports: [{ number: 5672, name: 'amqp' }] });
  queue.connections.offer(offered);
  const client = new Server(chart, 'client', { image: 'registry.example.com/client:1' });
  const rendered = () => Testing.synth(chart) as Rendered[];
  const envOf = (name: string) => rendered().find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)?.spec.template.spec.containers[0].env as unknown;
  const policyOf = (name: string) => rendered().find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name)?.spec;
  return { chart, queue, client, reader: new OtherEndpoint(queue, readers, 'user reader'), rendered, envOf, policyOf };
}

describe('OtherEndpoint', () => {
  test('gives its clients what it offers in place of what the server does, by the same way', () => {
    const [own, other] = [world(), world()];
    own.client.connections.to(own.queue);
    other.client.connections.to(other.reader);
    expect(own.envOf('client')).toEqual([{ name: 'QUEUE_USER', value: 'app' }]);
    expect(other.envOf('client')).toEqual([{ name: 'QUEUE_USER', value: 'reader' }]);
    expect(other.policyOf('client')).toEqual(own.policyOf('client'));
    expect(other.policyOf('queue')).toEqual(own.policyOf('queue'));
  });

  test('is the same from either end, and any number of times', () => {
    const [to, from] = [world(), world()];
    to.client.connections.to(to.reader);
    to.client.connections.to(to.reader);
    from.reader.connections.from(from.client);
    expect(from.rendered()).toEqual(to.rendered());
  });

  test('of a Service leads to what is behind it', () => {
    const [direct, behind] = [world(), world()];
    direct.client.connections.to(direct.reader);
    const service = new Service(behind.chart, 'front', { name: 'front', backends: [behind.queue] });
    behind.client.connections.to(new OtherEndpoint(service, readers, 'user reader'));
    expect(behind.envOf('client')).toEqual(direct.envOf('client'));
    expect(behind.policyOf('queue')).toEqual(direct.policyOf('queue'));
  });

  test('opens its own ports where it names some, and takes more to offer', () => {
    const { client, queue, envOf, policyOf } = world();
    const admin = new OtherEndpoint(queue, { ...readers, ports: [Port.tcp(15_672)] }, 'user admin');
    queue.connections.offer({ ports: [Port.tcp(15_672)] });
    admin.connections.offer({ env: { QUEUE_VHOST: EnvValue.fromValue('/') } });
    client.connections.to(admin);
    expect(envOf('client')).toEqual([{ name: 'QUEUE_USER', value: 'reader' }, { name: 'QUEUE_VHOST', value: '/' }]);
    const egress = policyOf('client')?.egress as { ports: { port: number }[] }[];
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53, 15_672]);
  });

  test('opens connections as the server does', () => {
    const { queue, reader, client, policyOf } = world();
    reader.connections.to(Peer.internet(), { ports: [Port.tcp(443)] });
    client.connections.to(queue);
    expect(JSON.stringify(policyOf('queue')?.egress)).toContain('443');
  });

  test('beside the server itself, or another user of it, takes a prefix', () => {
    const { chart, client, queue, reader } = world();
    client.connections.to(queue);
    client.connections.to(reader);
    expect(mistakes(chart)).toEqual([
      "[shop/client] KEELSON1362 'connections.to' must be peers that offer different environment variables, "
      + "got 'QUEUE_USER' from both 'shop/queue' and 'shop/queue' as user reader: give one of the connections an 'envPrefix'",
    ]);
  });

  test('is waited for by the way of the server, which gives its clients nothing more', () => {
    const { chart, client, queue, reader, envOf, policyOf } = world();
    const service = new Service(chart, 'front', { name: 'front', backends: [queue] });
    client.connections.to(reader);
    client.waitFor(WaitFor.service(service));
    expect(mistakes(chart)).toEqual([]);
    expect(envOf('client')).toEqual([{ name: 'QUEUE_USER', value: 'reader' }]);
    const waiting = world();
    waiting.client.waitFor(WaitFor.service(new Service(waiting.chart, 'front', { name: 'front', backends: [waiting.queue] })));
    expect(waiting.envOf('client')).toBeUndefined();
    expect(waiting.policyOf('client')).toEqual(policyOf('client'));
    expect(waiting.policyOf('queue')).toEqual(policyOf('queue'));
  });

  test('of another, whom messages call the same, takes a prefix, too', () => {
    const { chart, client, queue, reader } = world();
    client.connections.to(reader);
    client.connections.to(new OtherEndpoint(queue, { env: { QUEUE_USER: EnvValue.fromValue('auditor') } }, 'user reader'));
    expect(mistakes(chart)).toEqual([
      "[shop/client] KEELSON1362 'connections.to' must be peers that offer different environment variables, "
      + "got 'QUEUE_USER' from both 'shop/queue' as user reader and 'shop/queue' as user reader: give one of the connections an 'envPrefix'",
    ]);
  });

  test('by a prefix, is beside the server itself', () => {
    const right = world();
    right.client.connections.to(right.queue);
    right.client.connections.to(right.reader, { envPrefix: 'READER_' });
    expect(right.envOf('client')).toEqual([{ name: 'QUEUE_USER', value: 'app' }, { name: 'READER_QUEUE_USER', value: 'reader' }]);
  });

  test('fails where it offers one name twice', () => {
    const { chart, client, reader } = world();
    reader.connections.offer({ env: { QUEUE_USER: EnvValue.fromValue('other') }, volumes: { '/ca': Volume.emptyDir() } });
    client.connections.to(reader);
    expect(mistakes(chart)).toEqual([
      "[shop/client] KEELSON1361 'connections.to.env' must be one value for each name, got two values for 'QUEUE_USER': offer it once",
    ]);
  });
});
