import { App, ClusterProfile, type ClusterProfileProps } from '@keelson/core';
import { mistakesOf } from '@keelson/testing/mistakes';
import { Testing, type Chart } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Quota, Tenant, type TenantProps } from '../src';

/** An object of a manifest, or a part of one, read at any depth, as cdk8s' own type of it lets one. */
export type Rendered = ReturnType<Chart['toJson']>[number];

/** A platform's app, and its tenants. */
export class Platform {
  public readonly app: App;

  public constructor(cluster: ClusterProfileProps = { version: '1.33' }) {
    this.app = new App({ outdir: mkdtempSync(join(tmpdir(), 'tenancy-')), cluster: ClusterProfile.kubernetes(cluster) });
  }

  public tenant(name: string, props: Partial<TenantProps> = {}): Tenant {
    return new Tenant(this.app, name, { quota: Quota.medium(), ...props });
  }

  /** What synth says is wrong. */
  public mistakes(): string[] {
    return mistakesOf(() => this.app.synth());
  }
}

/** All objects of a chart, as they are written. */
export function objectsOf(chart: Chart): Rendered[] {
  return Testing.synth(chart) as Rendered[];
}

export function objectOf(chart: Chart, kind: string, name: string): Rendered {
  const objects = objectsOf(chart);
  const found = objects.find(each => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name} among ${objects.map(each => `${each.kind} ${each.metadata.name}`).join(', ')}`);
  return found;
}
