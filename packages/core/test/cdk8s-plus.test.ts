/**
 * The values of cdk8s-plus-27 are ours too: `npm run typecheck` is the test that they are assignable, vitest that they
 * render. Only tests load it; core and the blocks never do.
 */
// @boundaries-ignore a devDependency of the root, so that this comment is the one way to it: src is refused.
import * as kplus from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { Cpu, type ICpu } from '../src';
import { renderCpu } from '../src/private/quantity';

const cpus: ICpu[] = [kplus.Cpu.units(0.5), kplus.Cpu.millis(250), Cpu.millis(250)];

test('Cpu of cdk8s-plus is an ICpu, and renders as ours', () => {
  expect(cpus.map(renderCpu)).toEqual(['500m', '250m', '250m']);
  expect(cpus.flatMap(cpu => Cpu.faultsOf(cpu))).toEqual([]);
});

test('fails for an amount that cdk8s-plus lets pass', () => {
  expect(Cpu.faultsOf(kplus.Cpu.millis(-1)).map(fault => fault.code)).toEqual(['KEELSON1070']);
});
