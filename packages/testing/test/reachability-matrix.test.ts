import { describe, expect, test } from 'vitest';
import { reachability, type JsonObject } from '../src/index.js';
import '../src/vitest.js';
import { deployment, egress, ingress, labelled, pod, policy } from './reachability-manifests.js';

const web = deployment('shop/web', ['http 8080']);
const orders = deployment('data/orders', ['pg 5432']);
const closed = ingress('data/orders', { from: [{ namespaceSelector: {}, podSelector: labelled({ app: 'web' }) }], ports: [{ port: 5432 }] });
const out = egress('shop/web', { to: [{ namespaceSelector: {} }] });
const small = reachability([web, orders, closed, out]);
const columns = (...manifests: JsonObject[]) => reachability(manifests).matrix().columns.map(({ destination, port }) => `${destination} ${port}`);

describe('columns', () => {
  test('are the declared ports and one that nobody names', () => {
    expect(columns(web, deployment('shop/dns', ['dns 53/UDP', 'dns-tcp 53']))).toEqual([
      'shop/web 8080', 'shop/web any other', 'shop/dns 53/UDP', 'shop/dns 53', 'shop/dns any other', 'internet any other',
    ]);
  });

  test('and ports of rules that are about the destination', () => {
    const rules = [
      policy('shop/p', { podSelector: labelled({ app: 'web' }), ingress: [{ ports: [{ port: 22 }, { port: 100, endPort: 200, protocol: 'UDP' }] }] }),
      egress('blog/p', { to: [{ namespaceSelector: {}, podSelector: labelled({ app: 'web' }) }, { ipBlock: { cidr: '1.1.1.0/24' } }], ports: [{ port: 23 }] }),
      egress('blog/q', { ports: [{ port: 443 }] }),
    ];
    expect(columns(web, deployment('shop/api'), ...rules)).toEqual([
      'shop/web 8080', 'shop/web 22', 'shop/web 100/UDP', 'shop/web 200/UDP', 'shop/web 23', 'shop/web any other', 'shop/api any other',
      'internet 23', 'internet 443', 'internet any other',
    ]);
  });

  test('and other protocols, where they are open otherwise', () => {
    expect(columns(web, ingress('shop/p', { ports: [{ protocol: 'UDP' }] }))).toEqual(['shop/web 8080', 'shop/web any other', 'shop/web any other/UDP', 'internet any other']);
  });

  test.each<[string, JsonObject, string]>([
    ['below the usual one', { port: 9000, endPort: 65535 }, 'no (in)'],
    ['above it', { port: 1, endPort: 60000 }, 'no (in)'],
    ['nowhere', { port: 1, endPort: 65535 }, 'yes'],
  ])('any other is outside of all ranges: %s', (_title, range, answer) => {
    const { cells } = reachability([deployment('shop/api'), ingress('shop/p', { ports: [range] })]).matrix();
    expect(cells.filter((each) => each.source === 'internet' && each.destination === 'shop/api' && each.port === 'any other').map(({ verdict }) => (verdict?.allowed ? 'yes' : 'no (in)'))).toEqual([answer]);
  });
});

test('every cell says what is said of its two ends', () => {
  const single = reachability([web, orders, pod('shop/one', [80]), closed, out, ingress('shop/in')]);
  const { cells } = single.matrix();
  const numbers: Record<string, number | string> = { 'any other': 9999 };
  for (const { source, destination, port, verdict } of cells.filter((each) => each.verdict !== undefined)) {
    expect(verdict).toEqual(single.from(source).to(destination, numbers[port] ?? port));
  }
  expect(cells).toHaveLength(4 * 7);
});

test('a Markdown table, with what isn\'t judged', () => {
  expect(small.matrix().toMarkdown()).toBe([
    '| from | shop/web 8080 | shop/web any other | data/orders 5432 | data/orders any other | internet any other |',
    '| --- | --- | --- | --- | --- | --- |',
    '| shop/web | yes | yes | yes | no (in) | no (out) |',
    '| data/orders | yes | yes | no (in) | no (in) | yes |',
    '| internet | yes | yes | no (in) | no (in) | – |',
    '',
  ].join('\n'));
  const others = [{ apiVersion: 'crd.projectcalico.org/v1', kind: 'GlobalNetworkPolicy', metadata: { name: 'all' } }, { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', metadata: { name: 'a', namespace: 'b' } }];
  expect(reachability(others).matrix().toMarkdown()).toContain('\n\nNot judged: GlobalNetworkPolicy all, NetworkPolicy b/a.\n');
});

test('a Mermaid flowchart: an arrow for each pair with what is open', () => {
  expect(reachability([web, orders, closed, out], { outside: { 'the "office"': '203.0.113.0/24', '203.0.114.1': '203.0.114.1', '10.0.0.0/8': '10.0.0.0/8' } }).matrix().toMermaid()).toBe([
    'flowchart LR',
    '  subgraph s0["shop"]', '    n0["web"]', '  end',
    '  subgraph s1["data"]', '    n1["orders"]', '  end',
    '  n2["the #quot;office#quot;"]', '  n3["203.0.114.1"]', '  n4["10.0.0.0/8"]',
    '  n0 -->|"any port"| n0', '  n1 -->|"any port"| n0', '  n2 -->|"any port"| n0', '  n3 -->|"any port"| n0', '  n4 -->|"any port"| n0',
    '  n0 -->|"5432"| n1',
    '  n1 -->|"any port"| n2', '  n1 -->|"any port"| n3', '  n1 -->|"any port"| n4',
    '',
  ].join('\n'));
});

describe('matchers', () => {
  test('toReach takes manifests, YAML and what is made of them', () => {
    expect(small).toReach('shop/web', 'data/orders', 'pg');
    expect([web, orders, closed, out]).not.toReach('internet', 'data/orders', 5432);
    expect(JSON.stringify(web)).toReach('internet', 'shop/web', '53/UDP');
  });

  test('toReach says why it fails', () => {
    expect(() => expect(small).toReach('internet', 'data/orders', 5432)).toThrow(
      'expected internet to reach data/orders 5432: no policy selects internet (1.1.1.1); no rule of NetworkPolicy data/orders lets it into Deployment data/orders');
    expect(() => expect(small).not.toReach('shop/web', 'data/orders', 5432)).toThrow(
      'expected shop/web not to reach data/orders 5432: NetworkPolicy shop/web egress[0] lets it out of Deployment shop/web; NetworkPolicy data/orders ingress[0] lets it into Deployment data/orders');
  });

  test('toHaveReachability takes its own table', () => {
    expect(small).toHaveReachability(small.matrix().toMarkdown());
  });

  test.each<[string, [RegExp | string, string], string]>([
    ['a cell that is open', ['| data/orders | yes | yes | no (in)', '| data/orders | yes | yes | yes'], 'data/orders → data/orders 5432: yes in the table, is no (in): no policy restricts egress of Deployment data/orders; no rule of NetworkPolicy data/orders lets it into Deployment data/orders'],
    ['a cell that is closed', ['| shop/web | yes |', '| shop/web | no |'], 'shop/web → shop/web 8080: no in the table, is yes: NetworkPolicy shop/web egress[0] lets it out of Deployment shop/web; no policy restricts ingress of Deployment shop/web'],
    ['a cell that others close', ['yes | no (in) | no (out) |', 'yes | no (in) | no (in) |'], 'shop/web → internet any other: no (in) in the table, is no (out): no rule of NetworkPolicy shop/web lets it out of Deployment shop/web; no policy selects internet (1.1.1.1)'],
    ['a missing row', [/^\| data\/orders \|.*\n/m, ''], 'data/orders → shop/web 8080: yes, and isn\'t in the table'],
    ['a row of nobody', ['| internet |', '| nobody |'], 'nobody → shop/web 8080: yes in the table, and there is no such connection'],
    ['a missing column', [/ [^|]*\|$/gm, ''], 'shop/web → internet any other: no (out), and isn\'t in the table'],
  ])('toHaveReachability names %s', (_title, [from, to], fault) => {
    const table = small.matrix().toMarkdown();
    expect(table.replace(from, to)).not.toBe(table);
    expect(() => expect(small).toHaveReachability(table.replace(from, to))).toThrow(fault);
  });

  test('a plain no stands for either side\'s, and nothing else does', () => {
    const table = small.matrix().toMarkdown();
    expect(small).toHaveReachability(table.replaceAll(/no \((in|out)\)/g, 'no'));
    expect(small).not.toHaveReachability(table.replaceAll('no (in)', 'no (out)'));
    expect(() => expect(small).not.toHaveReachability(table)).toThrow('expected another reachability than the table\'s');
  });
});
