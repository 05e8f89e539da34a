import { Size } from 'cdk8s';
import { ContainerPort, ContainerProps } from '../container';
import { ClusterProfile } from '../cluster-profile';
import { EnvValue, IEnvValue } from '../env-value';
import { EnvFrom } from '../env-from';
import { Fault } from '../faults';
import { Image } from '../image';
import { Port } from '../port';
import { Probe } from '../probe';
import { Protocol } from '../protocol';
import { ResourceName } from '../resource-name';
import { PodVolumes } from './pod-volumes';
import { portName, protocolOf } from './container-ports';
import { mergeResources, renderResources } from './render-resources';
import { Resources } from '../resources';
import { Volume } from '../volume';
import { envNameFaults, renderEnv } from './env';
import { foreignNamespaceFaults, missingKeyFaults } from './references';

/** Where a container stands in its pod. */
export type ContainerRole = 'main' | 'container' | 'sidecar' | 'init';

/** Numeric identity of the containers' processes. */
export interface UserIds {
  readonly user: number;
  readonly group: number;
}

/** What a container needs to know of its pod to render. */
export interface PodContext {
  readonly profile: ClusterProfile;
  readonly ids: UserIds;
  readonly defaultResources: Resources;
  readonly volumes: PodVolumes;
  /** The `preStop` handler, where there is one. */
  readonly preStop: object | undefined;
}

type Report = (prop: string, faults: Fault[]) => void;

const DEFAULT_WRITABLE = { '/tmp': Size.mebibytes(64) };

/** One container of a pod: checks what it is given at once, and renders as often as asked. */
export class ContainerModel {
  public readonly env = new Map<string, IEnvValue>();
  public readonly envFrom: EnvFrom[];
  /** Volumes by mount path. */
  public readonly volumes = new Map<string, Volume>();
  public readonly ports: ContainerPort[] = [];
  private readonly image: Image;

  public constructor(
    public readonly props: ContainerProps,
    public readonly role: ContainerRole,
    /** What stands before a prop's name in messages: nothing for the main container. */
    private readonly prefix: string,
    private readonly report: Report,
  ) {
    this.image = Image.parse(props.image);
    this.fault('image', this.image.faults);
    this.fault('name', ResourceName.labelFaultsOf('container', props.name));
    this.envFrom = [...(props.envFrom ?? [])];
    this.envFrom.forEach(source => this.fault('envFrom', source.faults));
    Object.entries(props.env ?? {}).forEach(([name, value]) => this.addEnv(name, value));
    Object.entries(props.volumes ?? {}).forEach(([path, volume]) => this.addVolume(path, volume, 'volumes'));
    for (const [path, sizeLimit] of Object.entries(props.writablePaths ?? DEFAULT_WRITABLE)) {
      if (props.writablePaths !== undefined || !this.volumes.has(path)) {
        this.addVolume(path, Volume.emptyDir({ sizeLimit }), 'writablePaths');
      }
    }
    (props.ports ?? []).forEach(port => this.addPort(port));
    this.checkProbes();
    this.checkWorkingDir();
  }

  /** The port that probes ask unless they say another. */
  public get firstPort(): ContainerPort | undefined {
    return this.ports[0];
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
    this.env.set(name, value);
  }

  public addVolume(path: string, volume: Volume, prop: string): void {
    const where = `${prop}.${path}`;
    this.fault(where, mountPathFaults(path));
    this.fault(where, volume.faults);
    if (this.volumes.has(path) && this.volumes.get(path) !== volume) {
      this.fault(where, [{
        code: 'KEELSON1204', got: 'a second volume', allowed: 'the mount path of one volume', fix: 'choose another path for one of them',
      }]);
    }
    this.volumes.set(path, volume);
  }

  public addPort(port: ContainerPort): void {
    const where = `ports.${port.name ?? String(port.number)}`;
    this.fault(where, [
      ...Port.faultsOfNumber(port.number),
      ...(port.name === undefined ? [] : Port.nameFaultsOf(port.name)),
      ...(port.unsafeHostPort === undefined ? [] : Port.faultsOfNumber(port.unsafeHostPort)),
    ]);
    for (const other of this.ports) {
      if (other.number === port.number && protocolOf(other) === protocolOf(port)) {
        this.fault(where, [{
          code: 'KEELSON1205', got: `${port.number}/${protocolOf(port)} again`, allowed: 'declared once', fix: 'remove one of the two ports',
        }]);
      } else if (portName(other) === portName(port)) {
        this.fault(where, [{
          code: 'KEELSON1206', got: `a second port named '${portName(port)}'`, allowed: 'named like no other port', fix: 'rename one of the two',
        }]);
      }
    }
    this.ports.push(port);
  }

  /** Bytes that the container's own empty directories may hold on the node's disk. */
  public writableBytes(): number {
    return [...new Set(this.volumes.values())].reduce((sum, volume) => sum + volume._ephemeralBytes, 0);
  }

  public resources(defaults: Resources): { rendered: object; faults: Fault[] } {
    return renderResources(mergeResources(defaults, this.props.resources ?? {}), this.writableBytes());
  }

  /** What can only be told at synth, when the defaults of the scopes around are known. */
  public lateFaults(defaults: Resources, extraEnv: ReadonlyMap<string, IEnvValue>, namespace: string | undefined): { prop: string; fault: Fault }[] {
    return [
      ...this.resources(defaults).faults.map(fault => ({ prop: `${this.prefix}resources`, fault })),
      ...renderEnv(new Map([...extraEnv, ...this.env]), this.envFrom.length > 0).faults.map(fault => ({ prop: `${this.prefix}env`, fault })),
      ...this.given().flatMap(([prop, value]) => [...foreignNamespaceFaults(value, namespace), ...missingKeyFaults(value)]
        .map(fault => ({ prop: `${this.prefix}${prop}`, fault }))),
    ];
  }

  /** What the variables may give away. */
  public warnings(): { code: string; text: string }[] {
    return [...renderEnv(this.env, this.envFrom.length > 0).warnings];
  }

  private given(): [string, object][] {
    return [
      ...[...this.env].map(([name, value]): [string, object] => [`env.${name}`, value]),
      ...this.envFrom.map((source): [string, object] => ['envFrom', source]),
      ...[...this.volumes].map(([path, volume]): [string, object] => [`volumes.${path}`, volume]),
    ];
  }

  public render(pod: PodContext, extraEnv: ReadonlyMap<string, IEnvValue>, extraVolumes: ReadonlyMap<string, Volume>): object {
    const { props } = this;
    const probe = (kind: 'startup' | 'readiness' | 'liveness', p: Probe | undefined) => p?._render(kind, this.probePort());
    const mounts = [...this.volumes, ...extraVolumes].map(([mountPath, volume]) => ({ name: pod.volumes.nameOf(volume), mountPath, ...volume._mount() }));
    return {
      name: props.name,
      image: this.mirrored(pod.profile),
      // A tag can be moved; `Always` also checks that the pod may pull at all.
      imagePullPolicy: 'Always',
      ...(this.role === 'sidecar' && pod.profile.version.isAtLeast('1.29') ? { restartPolicy: 'Always' } : {}),
      command: nonEmpty(props.command),
      args: nonEmpty(props.args),
      workingDir: props.workingDir,
      ports: nonEmpty(this.ports.map(port => ({
        name: portName(port), containerPort: port.number, protocol: protocolOf(port), hostPort: port.unsafeHostPort,
      }))),
      env: nonEmpty(renderEnv(new Map([...extraEnv, ...this.env]), this.envFrom.length > 0).entries),
      envFrom: nonEmpty(this.envFrom.map(source => source._render())),
      resources: this.resources(pod.defaultResources).rendered,
      startupProbe: probe('startup', props.startup),
      readinessProbe: probe('readiness', props.readiness),
      livenessProbe: probe('liveness', props.liveness),
      lifecycle: pod.preStop === undefined ? undefined : { preStop: pod.preStop },
      securityContext: {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: props.unsafeWritableRootFilesystem !== true,
        runAsNonRoot: true,
        runAsUser: pod.ids.user,
        runAsGroup: pod.ids.group,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      volumeMounts: nonEmpty(mounts),
    };
  }

  /** The image's tag as a label value, where it has one. */
  public get version(): string | undefined {
    return this.image.versionLabel;
  }

  private mirrored(profile: ClusterProfile): string {
    const longestFirst = [...profile.imageMirrors].sort((a, b) => b.registry.length - a.registry.length);
    const mirrored = longestFirst.map(({ registry, mirror }) => this.image.mirroredTo(registry, mirror)).find(image => image !== this.image);
    return (mirrored ?? this.image).reference;
  }

  private probePort(): { name?: string; number: number } | undefined {
    const port = this.ports.find(p => protocolOf(p) === Protocol.TCP);
    return port === undefined ? undefined : { name: portName(port), number: port.number };
  }

  private checkProbes(): void {
    const { readiness, liveness, startup } = this.props;
    for (const [prop, probe] of Object.entries({ readiness, liveness, startup })) {
      if (probe === undefined) {
        continue;
      }
      this.fault(prop, probe._faultsAs(prop as 'readiness' | 'liveness' | 'startup'));
      const tcp = this.ports.filter(p => protocolOf(p) === Protocol.TCP).map(p => p.number);
      if (!probe._needsPort) {
        continue;
      }
      if (tcp.length === 0 || (probe._port !== undefined && !tcp.includes(probe._port))) {
        this.fault(prop, [{
          code: 'KEELSON1207', member: 'port', got: probe._port === undefined ? 'none' : `${probe._port}`,
          allowed: tcp.length === 0 ? 'a TCP port that the container declares (it declares none)' : `a TCP port that the container declares (${tcp.join(', ')})`,
          fix: 'add the port to the container, or let the probe ask one that is there',
        }]);
      }
    }
  }

  private checkWorkingDir(): void {
    const { workingDir } = this.props;
    if (workingDir !== undefined && !workingDir.startsWith('/')) {
      this.fault('workingDir', [{ code: 'KEELSON1208', got: `'${workingDir}'`, allowed: 'an absolute path', fix: `try '/${workingDir}'` }]);
    }
  }

  private fault(prop: string, faults: Fault[]): void {
    this.report(`${this.prefix}${prop}`, faults);
  }
}

/** Empty lists and maps are left out of the YAML. */
export function nonEmpty<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list;
}

function mountPathFaults(path: string): Fault[] {
  const good = path.startsWith('/') && path !== '/' && !path.includes(':') && !path.split('/').includes('..');
  return good ? [] : [{
    code: 'KEELSON1203', got: `'${path}'`, allowed: "an absolute path other than '/', without ':' and '..'", fix: "write the whole path, such as '/var/cache/app'",
  }];
}
