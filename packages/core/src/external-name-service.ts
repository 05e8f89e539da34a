import { Construct } from 'constructs';
import { Chart } from 'cdk8s';
import { Cidr } from './cidr';
import { Connections } from './connections';
import { Fault, Faults } from './faults';
import { Manifest } from './manifest';
import { Port } from './port';
import { claimId } from './private/construct-id';
import { AliasConnections } from './private/alias-connections';
import { fullNameOf } from './private/service-dns';
import { externalNameFaults } from './private/external-name';
import { isMade, unmadeFaults } from './private/made';
import { quoted } from './private/quoted';
import { namespaceOf, referenceFaults } from './private/references';
import { reportUnpoliced } from './private/unpoliced';
import { within } from './private/within';
import { ResourceName } from './resource-name';
import { ServiceBase } from './service-base';
import { IService } from './service-reference';

/** What a name stands for. */
export class ExternalNameTarget {
  /**
   * A host outside of the cluster.
   *
   * @param host its full name, such as `db.example.com`; a `.` at its end is allowed, and makes no difference.
   */
  public static host(host: string): ExternalNameTarget {
    return new ExternalNameTarget(undefined, host, externalNameFaults(host));
  }

  /**
   * A Service of another namespace.
   *
   * @param service the Service.
   */
  public static service(service: IService): ExternalNameTarget {
    // Who defines a Service says what is wrong with its namespace.
    const namespace = Construct.isConstruct(service) ? undefined : service?.namespace;
    const faults = namespace === undefined ? [] : within('namespace', ResourceName.faultsOf('Namespace', namespace));
    return new ExternalNameTarget(service, undefined, [...referenceFaults(service, 'Service'), ...faults]);
  }

  private constructor(
    /** @internal */
    public readonly _service: IService | undefined,
    /** @internal */
    public readonly _host: string | undefined,
    /** What is wrong with it; the Service that receives it reports them. */
    public readonly faults: Fault[],
  ) {}
}

/** Properties for `ExternalNameService`. */
export interface ExternalNameServiceProps {
  /** What its name stands for. */
  readonly target: ExternalNameTarget;

  /**
   * Ports that are connected to at a host outside; of a Service they are known.
   *
   * @default - connections have to name them.
   */
  readonly ports?: Port[];

  /**
   * The addresses behind a host outside, as CIDRs, which the network policies of those who connect let out to: a policy can't name a
   * host.
   *
   * @default - not known: connecting to it is refused.
   */
  readonly cidrs?: string[];

  /**
   * Its `metadata.name`, by which it answers in the cluster's DNS.
   *
   * @default - the construct's id.
   */
  readonly name?: string;

  /**
   * Its labels.
   *
   * @default - those of the scopes around it, see `Metadata`.
   */
  readonly labels?: { [key: string]: string };

  /**
   * Its annotations.
   *
   * @default - none.
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * Another name, by a CNAME of the cluster's DNS, for a host outside or for a Service of another namespace.
 *
 * Defines a Service of type ExternalName. Clients that send the name on, as HTTP and TLS do, ask for a host that the other end may not
 * know. It can be changed into a Service with pods behind it, and back.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export class ExternalNameService extends ServiceBase {
  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  /** The connections of what its name stands for. */
  public readonly connections: Connections;

  /** The host that its name stands for. */
  public readonly externalName: string;

  public constructor(scope: Construct, id: string, props: ExternalNameServiceProps) {
    super(scope, claimId(scope, id));
    const { ports = [], cidrs } = props;
    const name = props.name ?? id;
    const target = isMade(props.target) ? props.target : ExternalNameTarget.host('unknown.invalid');
    Faults.report(this, 'target', [...unmadeFaults(props.target, 'ExternalNameTarget', 'host(…)'), ...target.faults, ...this.aliasFaults(name, target)]);
    Faults.report(this, 'ports', ports.flatMap(port => port.faults));
    Faults.report(this, 'cidrs', (cidrs ?? []).flatMap(cidr => Cidr.of(cidr).faults));
    // A host that can't be is reported as such, and not once more by the object.
    const host = target.faults.length > 0 ? 'unknown.invalid' : target._host ?? '';
    this.externalName = target._service === undefined ? host : fullNameOf(target._service, this);
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'v1',
      kind: this.kind,
      metadata: { name, labels: props.labels, annotations: props.annotations },
      spec: { type: 'ExternalName', externalName: this.externalName },
    });
    this.connections = new AliasConnections(`Service [${this.node.path}]`, this.externalName, target._service, cidrs);
    this.connections.offer({ ports });
    reportUnpoliced(this, () => [this.connections]);
  }

  /** An alias says which Service it means, and not itself. */
  private aliasFaults(name: string, { _service: service }: ExternalNameTarget): Fault[] {
    const { namespace } = Chart.of(this);
    if (service === undefined) {
      return [];
    }
    const target = namespaceOf(service) ?? namespace;
    if (target === undefined) {
      return [{
        code: 'KEELSON1715', got: `${quoted(service.name)} of no namespace that is known`, allowed: 'a Service whose namespace is known',
        fix: "name it: Service.fromServiceName('orders', 'data')",
      }];
    }
    return service.name !== name || target !== namespace ? [] : [{
      code: 'KEELSON1715', got: `${quoted(service.name)} of namespace ${quoted(namespace)}, which is this one`, allowed: 'another Service',
      fix: 'name another one, or give this one another name',
    }];
  }
}
