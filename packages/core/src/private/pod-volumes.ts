import { Volume } from '../volume';

const LONGEST = 63;

/** The pod volumes behind mounts: one for each source, named after the first path it is mounted at. */
export class PodVolumes {
  /** What a volume mounted at the path is called: `/var/cache/app` is `var-cache-app`. */
  public static nameFor(mountPath: string): string {
    const name = mountPath.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
    return name === '' ? 'volume' : name.slice(0, LONGEST).replace(/-$/, '');
  }

  private readonly names = new Map<unknown, string>();
  private readonly taken = new Set<string>();
  private readonly sources: object[] = [];

  /**
   * @param mounts all mounts of the pod, in order.
   */
  public constructor(mounts: [string, Volume][]) {
    // Claim templates have their names from elsewhere: others give way.
    for (const [, volume] of mounts) {
      if (volume._claimTemplate !== undefined) {
        this.names.set(volume._source, volume._claimTemplate);
        this.taken.add(volume._claimTemplate);
      }
    }
    mounts.forEach(([mountPath, volume]) => this.add(mountPath, volume));
  }

  public nameOf(volume: Volume): string {
    return this.names.get(volume._source) ?? '';
  }

  public render(): object[] {
    return this.sources;
  }

  private add(mountPath: string, volume: Volume): void {
    const source = volume._render();
    if (source === undefined || this.names.has(volume._source)) {
      return;
    }
    const name = this.free(PodVolumes.nameFor(mountPath));
    this.names.set(volume._source, name);
    this.taken.add(name);
    this.sources.push({ name, ...source });
  }

  private free(base: string): string {
    for (let n = 2, name = base; ; n++) {
      if (!this.taken.has(name)) {
        return name;
      }
      name = `${base.slice(0, LONGEST - 4)}-${n}`;
    }
  }
}
