import { Construct } from 'constructs';
import { ConfigMap } from '../config-map';
import { Labels } from '../labels';
import { Volume } from '../volume';
import { PodVolumes } from './pod-volumes';

/** The files that a workload's volumes have in place: each content becomes one ConfigMap, however often it is mounted. */
export class InlineFiles {
  private readonly made = new Map<unknown, ConfigMap>();

  public constructor(
    private readonly scope: Construct,
    private readonly workload: string,
    private readonly labels: { [key: string]: string },
  ) {}

  /** The volume as pods mount it: with a ConfigMap named after the workload and the path it is first mounted at. */
  public mountable(mountPath: string, volume: Volume): Volume {
    const data = volume._inlineData;
    if (data === undefined) {
      return volume;
    }
    const known = this.made.get(volume._source) ?? this.define(PodVolumes.nameFor(mountPath), volume.faults.length > 0 ? {} : data);
    this.made.set(volume._source, known);
    return volume._withConfigMap(known);
  }

  private define(path: string, data: { [file: string]: string }): ConfigMap {
    let suffix = path;
    for (let n = 2; this.scope.node.tryFindChild(`files-${suffix}`) !== undefined; n++) {
      suffix = `${path}-${n}`;
    }
    // Not the image's version, which says nothing of the files.
    const labels = Object.fromEntries(Object.entries(this.labels).filter(([key]) => key !== Labels.VERSION));
    return new ConfigMap(this.scope, `files-${suffix}`, { name: `${this.workload}-${suffix}`, data, labels });
  }
}
