import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import { IService } from '../service-reference';
import { namespaceOf } from './references';

/** A Service's full name in the cluster's DNS; its own alone where no namespace is known. */
export function fullNameOf(service: IService, from: IConstruct): string {
  const known = namespaceOf(service) ?? Chart.of(from).namespace;
  return known === undefined ? service.name : `${service.name}.${known}.svc.${ClusterProfile.of(from).clusterDomain}`;
}

/** The name by which a Service is reached from somewhere: the shortest that is right there. */
export function hostOf(service: IService, from: IConstruct): string {
  const namespace = namespaceOf(service);
  return namespace === undefined || namespace === Chart.of(from).namespace ? service.name : fullNameOf(service, from);
}
