import { ClusterProfile } from '@keelson/core';
import { IConstruct } from 'constructs';

/** What is known of all exposures of one app to one cluster. An app may be for several: each has its own gateway of a name. */
export class PerCluster<T> {
  private readonly byRoot = new WeakMap<IConstruct, WeakMap<ClusterProfile, Map<string, T>>>();

  /** What is known at the cluster of a construct, by keys of one's own. */
  public at(scope: IConstruct): Map<string, T> {
    const byProfile = this.byRoot.get(scope.node.root) ?? new WeakMap<ClusterProfile, Map<string, T>>();
    this.byRoot.set(scope.node.root, byProfile);
    const profile = ClusterProfile.of(scope);
    const known = byProfile.get(profile) ?? new Map<string, T>();
    byProfile.set(profile, known);
    return known;
  }
}
