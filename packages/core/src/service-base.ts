import { Construct, IConstruct } from 'constructs';
import { Connections, IConnectable } from './connections';
import { Manifest } from './manifest';
import { fullNameOf, hostOf } from './private/service-dns';
import { IService } from './service-reference';

/** What all Services have: a name in the cluster's DNS, and connections. */
export abstract class ServiceBase extends Construct implements IService, IConnectable {
  /** Always `Service`. */
  public readonly kind = 'Service';

  /** The Service itself, for patches. */
  public abstract readonly manifest: Manifest;

  /** The connections of what is behind it: who connects to the Service connects to that. */
  public abstract readonly connections: Connections;

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }

  /** The namespace it is in; none where its chart names none. */
  public get namespace(): string | undefined {
    return this.manifest.namespace;
  }

  /** Its full name in the cluster's DNS, such as `storefront.shop.svc.cluster.local`; its name alone where its chart names no namespace. */
  public get dnsName(): string {
    return fullNameOf(this, this);
  }

  /**
   * The name by which a workload reaches it: its name alone in the same namespace, else the full one.
   *
   * @param workload who connects.
   */
  public hostFrom(workload: IConstruct): string {
    return hostOf(this, workload);
  }
}
