import { Size } from 'cdk8s';
import { ContainerPort, ContainerProps } from '../container';
import { ClusterProfile } from '../cluster-profile';
import { EnvValue, IEnvValue } from '../env-value';
import { EnvFrom } from '../env-from';
import { Fault } from '../faults';
import { Image } from '../image';
import { Probe } from '../probe';
import { Protocol } from '../protocol';
import { ResourceName } from '../resource-name';
import { PodVolumes } from './pod-volumes';
import { portFaults, portName, protocolOf } from './container-ports';
import { pulledImage } from './image-policy';
import { mountPathFaults, mountPathOf, nestedMountFaults } from './mount-paths';
import { containerSecurityContext } from './container-security';
import { PodIds } from './pod-ids';
import { nonEmpty } from './non-empty';
import { mergeResources, renderResources } from './render-resources';
import { renderSize, sizeBytes } from './quantity';
import type { Brought } from './pod-endpoints';
import { quoted } from './quoted';
import { Resources } from '../resources';
import { Volume } from '../volume';
import { envFaults, envWarnings, renderEnv } from './env';
import { envNameFaults } from './env-name';
import { foreignNamespaceFaults, missingKeyFaults } from './references';

/** Where a container stands in its pod. */
export type ContainerRole = 'main' | 'container' | 'sidecar' | 'init';

/** What a container needs to know of its pod to render. */
export interface PodContext {
  readonly profile: ClusterProfile;
  readonly ids: PodIds;
  readonly defaultResources: Resources;
  readonly volumes: PodVolumes;
  /** The `preStop` handler, where there is one. */
  readonly preStop: object | undefined;
}

type ProbeKind = 'startup' | 'readiness' | 'liveness';
type Report = (prop: string, faults: Fault[]) => void;

const DEFAULT_WRITABLE = { '/tmp': Size.mebibytes(64) };

/** One container of a pod: checks what it is given at once, and renders as often as asked. */
export class ContainerModel {
  public readonly env = new Map<string, IEnvValue>();
  public readonly envFrom: EnvFrom[];
  /** Volumes by mount path. */
  public readonly volumes = new Map<string, Volume>();
  public readonly ports: ContainerPort[] = [];
  public readonly image: Image;
  private resources?: { readonly defaults: Resources; readonly bytes: number; readonly made: ReturnType<typeof renderResources> };

  public constructor(
    public readonly props: ContainerProps,
    public readonly role: ContainerRole,
    /** What stands before a prop's name in messages: nothing for the main container. */
    public readonly prefix: string,
    private readonly report: Report,
    private readonly warn: (code: string, text: string) => void,
  ) {
    this.image = Image.parse(props.image);
    this.fault('image', this.image.faults);
    this.fault('name', ResourceName.labelFaultsOf('container', props.name));
    this.envFrom = [...(props.envFrom ?? [])];
    this.envFrom.forEach(source => this.fault('envFrom', source.faults));
    given(props.env).forEach(([name, value]) => this.addEnv(name, value));
    given(props.volumes).forEach(([path, volume]) => this.addVolume(path, volume, 'volumes'));
    for (const [path, sizeLimit] of given(props.writablePaths ?? DEFAULT_WRITABLE)) {
      if (props.writablePaths !== undefined || !this.volumes.has(mountPathOf(path))) {
        this.addVolume(path, Volume.emptyDir({ sizeLimit }), 'writablePaths');
      }
    }
    (props.ports ?? []).forEach(port => this.addPort(port));
    this.checkProbes();
    this.checkWorkingDir();
  }

  public addEnv(name: string, value: IEnvValue): void {
    const before = this.env.get(name);
    this.fault(`env.${name}`, [
      ...envNameFaults(name),
      ...EnvValue.faultsOf(value),
      ...(before === undefined || before === value ? [] : [{
        code: 'KEELSON1202', got: 'a second value', allowed: 'set once', fix: 'drop one of the two, or rename it',
      }]),
    ]);
    envWarnings(name, value).forEach(({ code, text }) => this.warn(code, text));
    this.env.set(name, value);
  }

  public addVolume(mountPath: string, volume: Volume, prop: string): void {
    const path = mountPathOf(mountPath);
    const where = `${prop}.${path}`;
    this.fault(where, mountPathFaults(mountPath));
    this.fault(where, volume.faults);
    if (this.volumes.has(path) && this.volumes.get(path) !== volume) {
      this.fault(where, [{
        code: 'KEELSON1204', got: 'a second volume', allowed: 'the mount path of one volume', fix: 'choose another path for one of them',
      }]);
    }
    this.volumes.set(path, volume);
  }

  public addPort(port: ContainerPort): void {
    this.fault(`ports.${port.name ?? String(port.number)}`, portFaults(port, this.ports));
    this.ports.push(port);
  }

  /** What can only be told at synth, when all was added and the defaults of the scopes around are known. */
  public lateFaults(defaults: Resources, brought: Brought, namespace: string | undefined): { prop: string; fault: Fault }[] {
    const { faults, memoryLimit } = this.resourcesWith(defaults);
    const said = (prop: string, found: Fault[]) => found.map(fault => ({ prop: `${this.prefix}${prop}`, fault }));
    return [
      ...said('resources', faults.length > 0 ? faults : this.memoryFaults(memoryLimit)),
      ...said('env', envFaults(this.fullEnv(brought), this.envFrom.length > 0)),
      ...this.given().flatMap(([prop, value]) => said(prop, [...foreignNamespaceFaults(value, namespace), ...missingKeyFaults(value)])),
      ...nestedMountFaults(new Map([...this.volumes, ...brought.volumes])).flatMap(({ path, fault }) => said(`volumes.${path}`, [fault])),
      // Those of the main container are one prop of the workload.
      ...this.probes().flatMap(([prop, probe]) => said(this.role === 'main' ? 'health' : prop, this.probePortFaults(probe))),
    ];
  }

  /** Asked for twice at each synth: to be checked and to be rendered. */
  public resourcesWith(defaults: Resources): ReturnType<typeof renderResources> {
    const bytes = this.ownBytes(volume => volume._ephemeralBytes);
    if (this.resources?.defaults !== defaults || this.resources.bytes !== bytes) {
      this.resources = { defaults, bytes, made: renderResources(mergeResources(defaults, this.props.resources ?? {}), bytes) };
    }
    return this.resources.made;
  }

  /** What the container's own directories may hold, each counted once. */
  private ownBytes(of: (volume: Volume) => number): number {
    const sources = new Map([...this.volumes.values()].map(volume => [volume._source, of(volume)]));
    return [...sources.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** What is written to memory counts as memory of the container: without room beside it, it is killed. */
  private memoryFaults(limit: Size): Fault[] {
    const bytes = this.ownBytes(volume => volume._memoryBytes);
    return bytes === 0 || bytes < sizeBytes(limit) ? [] : [{
      code: 'KEELSON1224', member: 'memoryLimit', got: renderSize(limit),
      allowed: `more than what its directories in memory may hold, ${renderSize(Size.kibibytes(bytes / 1024))}`,
      fix: 'raise it, or make the directories smaller',
    }];
  }

  private fullEnv(brought: Brought): ReadonlyMap<string, IEnvValue> {
    return brought.env.size === 0 ? this.env : new Map([...brought.env, ...this.env]);
  }

  private given(): [string, object][] {
    return [
      ...[...this.env].map(([name, value]): [string, object] => [`env.${name}`, value]),
      ...this.envFrom.map((source): [string, object] => ['envFrom', source]),
      ...[...this.volumes].map(([path, volume]): [string, object] => [`volumes.${path}`, volume]),
    ];
  }

  public render(pod: PodContext, brought: Brought): object {
    const { props } = this;
    const probe = (kind: ProbeKind, p: Probe | undefined) => p?._render(kind, this.probePort());
    const mounts = this.mounts(brought).map(([mountPath, volume]) => {
      const { subPath, readOnly } = volume._mount();
      return { name: pod.volumes.nameOf(volume), mountPath, subPath, readOnly };
    });
    return {
      name: props.name,
      image: pulledImage(this.image, pod.profile).reference,
      // A tag can be moved; `Always` also checks that the pod may pull at all.
      imagePullPolicy: 'Always',
      restartPolicy: this.role === 'sidecar' && pod.profile.version.isAtLeast('1.29') ? 'Always' : undefined,
      command: nonEmpty(props.command),
      args: nonEmpty(props.args),
      workingDir: props.workingDir,
      ports: nonEmpty(this.ports.map(port => ({
        name: portName(port), containerPort: port.number, protocol: protocolOf(port), hostPort: port.unsafeHostPort,
      }))),
      env: nonEmpty(renderEnv(this.fullEnv(brought), this.envFrom.length > 0)),
      envFrom: nonEmpty(this.envFrom.map(source => source._render())),
      resources: this.resourcesWith(pod.defaultResources).rendered,
      startupProbe: probe('startup', props.startup),
      readinessProbe: probe('readiness', props.readiness),
      livenessProbe: probe('liveness', props.liveness),
      lifecycle: pod.preStop === undefined ? undefined : { preStop: pod.preStop },
      securityContext: containerSecurityContext(pod.ids, props.unsafeWritableRootFilesystem !== true),
      volumeMounts: nonEmpty(mounts),
    };
  }

  /** What is mounted, by path: the order in which it was said changes nothing. */
  public mounts(brought: Brought): [string, Volume][] {
    return byPath(brought.volumes.size === 0 ? this.volumes : new Map([...this.volumes, ...brought.volumes]));
  }

  private probePort(): { name?: string; number: number } | undefined {
    const port = this.ports.find(p => protocolOf(p) === Protocol.TCP);
    return port === undefined ? undefined : { name: portName(port), number: port.number };
  }

  private probes(): [ProbeKind, Probe][] {
    return (['readiness', 'liveness', 'startup'] as const).flatMap((kind): [ProbeKind, Probe][] => {
      const probe = this.props[kind];
      return probe === undefined ? [] : [[kind, probe]];
    });
  }

  private checkProbes(): void {
    this.probes().forEach(([kind, probe]) => this.fault(kind, probe._faultsAs(kind)));
    const { readiness, liveness, preStop } = this.props;
    const [first] = this.ports;
    // `Health` has reported the plain copy; here it is known which port "the first" is.
    const copy = readiness !== undefined && liveness !== undefined && readiness._asksSameAs(liveness, first?.number)
      && !(this.role === 'main' && readiness._asksSameAs(liveness));
    this.fault('liveness', copy ? [{
      code: 'KEELSON1241', got: `${liveness._question}, as for readiness`, allowed: 'another question than readiness asks',
      fix: 'ask what fails only when a restart helps: an app that is busy, or waits for its database, must not be restarted',
    }] : []);
    if (this.role === 'init') {
      const served = [...this.probes().map(([prop]) => prop), ...(preStop === undefined ? [] : ['preStop'])];
      served.forEach(prop => this.fault(prop, [{
        code: 'KEELSON1223', got: 'one', allowed: 'left out for an init container, which runs to its end',
        fix: "remove it, or make the container one of 'sidecars'",
      }]));
    }
  }

  /** The port may be declared after the probe. */
  private probePortFaults(probe: Probe): Fault[] {
    const tcp = this.ports.filter(p => protocolOf(p) === Protocol.TCP).map(p => p.number);
    return !probe._needsPort || (tcp.length > 0 && (probe._port === undefined || tcp.includes(probe._port))) ? [] : [{
      code: 'KEELSON1207', member: 'port', got: probe._port === undefined ? 'none' : `${probe._port}`,
      allowed: tcp.length === 0 ? 'a TCP port that the container declares (it declares none)' : `a TCP port that the container declares (${tcp.join(', ')})`,
      fix: 'add the port to the container, or let the probe ask one that is there',
    }];
  }

  private checkWorkingDir(): void {
    const { workingDir } = this.props;
    if (workingDir !== undefined && (typeof workingDir !== 'string' || !workingDir.startsWith('/'))) {
      const fix = typeof workingDir === 'string' ? `try ${quoted(`/${workingDir}`)}` : "write it like '/app'";
      this.fault('workingDir', [{ code: 'KEELSON1208', got: quoted(workingDir), allowed: 'an absolute path', fix }]);
    }
  }

  private fault(prop: string, faults: Fault[]): void {
    this.report(`${this.prefix}${prop}`, faults);
  }
}

/** Entries that have a value: `{ DEBUG: wanted ? … : undefined }` may leave one out. */
export function given<T>(entries: { [key: string]: T | undefined } = {}): [string, T][] {
  return Object.entries(entries).filter((entry): entry is [string, T] => entry[1] !== undefined);
}

export function byPath(volumes: ReadonlyMap<string, Volume>): [string, Volume][] {
  return [...volumes].sort(([a], [b]) => (a < b ? -1 : 1));
}
