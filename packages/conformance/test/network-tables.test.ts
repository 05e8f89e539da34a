import type { JsonObject } from '@keelson/testing';
import { expect, test } from 'vitest';
import type { Grid, Traffic } from '../src/network/grids.js';
import { mutantsOf } from '../src/network/mutants.js';
import { differences, renderTables } from '../src/network/table.js';

const traffic: Traffic = { Source: { IP: '10.0.0.1' }, Destination: { IP: '10.0.0.2' }, Protocol: 'TCP', ResolvedPort: 80, ResolvedPortName: '' };
const [may, both, out, into] = [{ out: true, in: true }, { out: false, in: false }, { out: false, in: true }, { out: true, in: false }];
const grid = (corner: string, ...rows: Traffic[][][]): Grid => ({ title: 'Pods', corner, columns: ['web 80', 'web any other'], rows: rows.map((cells, index) => ({ name: `s${index}`, cells })) });
const two = grid('from', [[traffic], [traffic]], [[traffic], [traffic]]);
const table = (...verdicts: { out: boolean; in: boolean }[]) => renderTables('shop on edge', [two], verdicts, []);

test('a table says who may and whose policy refuses', () => {
  expect(table(may, both, out, into).split('\n## ')[1]).toBe([
    'Pods', '', '| from | web 80 | web any other |', '| --- | --- | --- |', '| s0 | yes | no |', '| s1 | no (out) | no (in) |', '',
  ].join('\n'));
});

test('of several pods that a party may be, one that may is enough', () => {
  const cell = (...verdicts: { out: boolean; in: boolean }[]) => renderTables('', [grid('from', [[traffic, traffic]])], verdicts, []).split('\n').at(-2);
  expect([cell(both, may), cell(both, into), cell(both, both)]).toEqual(['| s0 | yes |', '| s0 | no (in) |', '| s0 | no |']);
});

test('policies that can\'t be judged are named', () => {
  expect(renderTables('', [], [], ['CiliumNetworkPolicy shop/a'])).toContain('\nNot judged, cyclonus knows NetworkPolicies only: CiliumNetworkPolicy shop/a.\n');
  expect(table(may, may, may, may)).not.toContain('Not judged');
});

test('equal tables don\'t differ', () => {
  expect(differences(table(may, both, out, into), table(may, both, out, into))).toEqual([]);
});

test('a changed answer is named by both ends', () => {
  expect(differences(table(may, both, out, into), table(may, may, out, into))).toEqual(['s0 → web any other: was no, is yes']);
});

test('a row that is new or gone is named', () => {
  const [before, after] = [table(may, both, out, into), renderTables('shop on edge', [grid('from', [[traffic], [traffic]])], [may, both], [])];
  expect(differences(before, after)).toEqual(['s1 → web 80: was no (out), is gone', 's1 → web any other: was no (in), is gone']);
  expect(differences(after, before)).toEqual(['s1 → web 80: is new no (out)', 's1 → web any other: is new no (in)']);
});

test('in a table of destinations the arrow points to the row', () => {
  const of = (verdict: { out: boolean; in: boolean }) => renderTables('', [grid('to', [[traffic]])], [verdict], []);
  expect(differences(of(may), of(out))).toEqual(['web 80 → s0: was yes, is no (out)']);
});

test('another text around equal tables is a difference', () => {
  expect(differences(table(may, may, may, may), `${table(may, may, may, may)}\n`)).toEqual(['the text around the tables is another']);
});

test('a policy has a mutant without it, and per rule one without it, one with every port, one with everybody', () => {
  const rule = { from: [{ podSelector: {} }], ports: [{ port: 80 }] };
  const policy = (ingress: JsonObject[]): JsonObject => ({ kind: 'NetworkPolicy', metadata: { name: 'web', namespace: 'shop' }, spec: { podSelector: {}, ingress, egress: [{}] } });
  const other: JsonObject = { kind: 'NetworkPolicy', metadata: { name: 'other' }, spec: {} };
  const title = 'NetworkPolicy shop/web';
  expect(mutantsOf([policy([rule]), other])).toEqual([
    { title: `${title} left out`, policies: [other] },
    { title: `${title} without ingress[0]`, policies: [policy([]), other] },
    { title: `${title} with every port in ingress[0]`, policies: [policy([{ from: rule.from }]), other] },
    { title: `${title} with everybody in ingress[0]`, policies: [policy([{ ports: rule.ports }]), other] },
    { title: `${title} without egress[0]`, policies: [{ ...policy([rule]), spec: { podSelector: {}, ingress: [rule], egress: [] } }, other] },
    { title: 'NetworkPolicy other left out', policies: [policy([rule])] },
  ]);
});
