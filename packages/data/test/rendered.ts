import { App, ClusterProfile, type ClusterProfileProps } from '@keelson/core';
import { mistakesOf } from '@keelson/testing/mistakes';
import { Chart, Testing } from 'cdk8s';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An object of a manifest, or a part of one, read at any depth, as cdk8s' own type of it lets one. */
export type Rendered = ReturnType<Chart['toJson']>[number];

/** A namespace of an app, and what is rendered for it. */
export class Shop {
  public readonly app: App;
  public readonly chart: Chart;

  public constructor(cluster: ClusterProfileProps = { version: '1.33' }) {
    this.app = new App({ outdir: mkdtempSync(join(tmpdir(), 'data-')), cluster: ClusterProfile.kubernetes(cluster) });
    this.chart = new Chart(this.app, 'shop', { namespace: 'shop' });
  }

  /** All objects, as they are written. */
  public objects(): Rendered[] {
    return Testing.synth(this.chart) as Rendered[];
  }

  public object(kind: string, name: string): Rendered {
    const objects = this.objects();
    const found = objects.find(each => each.kind === kind && each.metadata.name === name);
    if (found === undefined) throw new Error(`no ${kind} ${name} among ${objects.map(each => `${each.kind} ${each.metadata.name}`).join(', ')}`);
    return found;
  }

  /** What synth says is wrong. */
  public mistakes(): string[] {
    return mistakesOf(() => this.app.synth());
  }
}
