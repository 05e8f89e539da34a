import { ClusterProfile } from '../cluster-profile';
import { ObjectFacts } from './object-facts';
import { speaksOfPods } from './pod-names';
import { Finding, finding, titleOf } from './selector-checks';
import { addressFindings } from './shared-addresses';

/** What Services have to agree on with others: who has a port of the nodes, or an address of a load balancer, and who names pods. */
export function serviceFindings(objects: ObjectFacts[]): Finding[] {
  const services = objects.filter(({ group, kind }) => group === '' && kind === 'Service');
  return [
    ...nodePortFindings(services), ...addressFindings(services),
    ...podNameFindings(objects, services), ...governingFindings(objects, services),
  ];
}

/** A port of the nodes is one Service's, whatever its protocol and namespace. Another cluster has other nodes. */
function nodePortFindings(services: ObjectFacts[]): Finding[] {
  const owners = new Map<string | number, ObjectFacts[]>();
  const findings: Finding[] = [];
  for (const facts of services) {
    for (const nodePort of new Set((facts.ports ?? []).flatMap(port => port.nodePort ?? []))) {
      const before = owners.get(nodePort) ?? [];
      owners.set(nodePort, [...before, facts]);
      const other = before.find(({ object }) => ClusterProfile.of(object) === ClusterProfile.of(facts.object));
      if (other !== undefined) {
        findings.push(finding(facts, 'spec.ports.nodePort', 'KEELSON1722', `a port that nothing else has on the nodes, as ${titleOf(other)} has this one`,
          String(nodePort), 'choose another one, or leave it out'));
      }
    }
  }
  return findings;
}

/** Only pods of a StatefulSet that names the Service as its own have a name below it. */
function podNameFindings(objects: ObjectFacts[], services: ObjectFacts[]): Finding[] {
  const governing = new Set(objects.flatMap(({ stateful, namespace }) => {
    const serviceName = stateful?.serviceName;
    return serviceName === undefined ? [] : keyOf(namespace, serviceName);
  }));
  return services.filter(({ object, name, namespace }) => speaksOfPods(object) && !governing.has(keyOf(namespace, name))).map(facts => ({
    ...finding(facts, 'podDnsName', 'KEELSON1724', 'asked of a Service that a StatefulSet of the app names as its serviceName', facts.name,
      "give the StatefulSet this Service's name as its 'serviceName'"),
    scope: facts.object.node.scope ?? facts.object,
  }));
}

/** A StatefulSet's pods get their names from a Service without an address. */
function governingFindings(objects: ObjectFacts[], services: ObjectFacts[]): Finding[] {
  const addressed = new Set(services.filter(({ headless }) => headless !== true).map(({ namespace, name }) => keyOf(namespace, name)));
  return objects.filter(({ ours, stateful }) => ours && stateful?.serviceName !== undefined).flatMap(facts => {
    const serviceName = facts.stateful?.serviceName ?? '';
    return !addressed.has(keyOf(facts.namespace, serviceName)) ? [] : [finding(facts, 'spec.serviceName', 'KEELSON1723', 'the name of a headless Service',
      `${serviceName}, which has an address of its own`, 'make it ServiceType.headless(): else the pods have no names')];
  });
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}\n${name}`;
}
