import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import { IService } from '../service-reference';

/** A Service's full name in the cluster's DNS; its own alone where no namespace is known. */
export function fullNameOf({ name, namespace }: IService, from: IConstruct): string {
  const known = namespace ?? Chart.of(from).namespace;
  return known === undefined ? name : `${name}.${known}.svc.${ClusterProfile.of(from).clusterDomain}`;
}
