import { IWaitTarget, Manifest, Service, ServiceType, Workload } from '@keelson/core';
import { Construct } from 'constructs';
import { DatabaseModel } from './database-model';
import { Description } from './private/description';
import { serverPods } from './private/pods';
import { defineStatefulSet } from './private/stateful-set';
import { ServerProps } from './server-props';

/**
 * The pods of a database: a workload like others, with all that those have.
 *
 * Defines a StatefulSet with a volume for each pod, a Service for clients, a headless one, a PodDisruptionBudget, and a NetworkPolicy that
 * lets in those who are connected and nobody else.
 */
export class DatabaseServer extends Workload implements IWaitTarget {
  /** @internal */
  public static _of(database: Construct, props: ServerProps, model: DatabaseModel): DatabaseServer {
    return new DatabaseServer(database, 'Server', props, model);
  }

  /** Those that follow. @internal */
  public static _following(database: Construct, props: ServerProps, model: DatabaseModel, followers: number): DatabaseServer {
    return new DatabaseServer(database, 'ReadServer', props, model, followers);
  }

  /** The StatefulSet, for what this class doesn't cover. */
  public readonly statefulSet: Manifest;

  /** The PodDisruptionBudget. */
  public readonly podDisruptionBudget: Manifest;

  /** The Service of clients. */
  public readonly service: Service;

  /** The Service that gives the pods their names. */
  public readonly headlessService: Service;

  /** Name of the Service in the cluster's DNS, such as `orders-rw.shop.svc.cluster.local`. */
  public readonly dnsName: string;

  /** Port of the Service. */
  public readonly servicePort: number;

  private constructor(database: Construct, id: string, props: ServerProps, model: DatabaseModel, followers?: number) {
    const { description, server, exporter } = model._parts;
    const { engine } = description;
    const { name: own, component, service, replicas, before } = roleOf(description, followers);
    super(database, id, serverPods(description, props, server, exporter, own), {
      kind: 'StatefulSet', component, ports: [{ number: engine.port, name: engine.id }], health: server.health,
      replicated: replicas > 1, propsOfScope: true,
    });
    const { name, labels } = this;
    const ports = [{ target: engine.id, number: engine.port }];
    this.service = new Service(this, 'Service', { name: service, labels, backends: [this], ports });
    this.headlessService = new Service(this, 'HeadlessService', {
      name: `${name}-headless`, labels, backends: [this], ports, type: ServiceType.headless({ publishNotReadyAddresses: true }),
    });
    this.dnsName = this.service.dnsName;
    this.servicePort = this.service.servicePort;
    const parts = defineStatefulSet(this, replicas, this.headlessService, description, before, props.updateStrategy);
    const { statefulSet, podDisruptionBudget } = parts;
    this.statefulSet = statefulSet;
    this.podDisruptionBudget = podDisruptionBudget;
  }
}

/** What servers of a database are called. */
interface Role {
  readonly name: string;
  readonly component: string;
  readonly service: string;
  readonly replicas: number;
  /** How many servers of the database come before. */
  readonly before: number;
}

/** The role of so many followers, or of the one they follow. */
function roleOf({ name }: Description, followers: number | undefined): Role {
  return followers === undefined
    ? { name, component: 'database', service: `${name}-rw`, replicas: 1, before: 0 }
    : { name: `${name}-replica`, component: 'read-replica', service: `${name}-ro`, replicas: followers, before: 1 };
}
