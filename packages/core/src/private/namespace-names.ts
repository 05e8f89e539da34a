import { Chart } from 'cdk8s';
import { ResourceName } from '../resource-name';
import { ObjectFacts } from './object-facts';
import { Finding } from './selector-checks';

/** Namespaces that no cluster can have, each said once: of the chart, or of the first object that names another. */
export function namespaceFindings(objects: ObjectFacts[]): Finding[] {
  const first = new Map<string, ObjectFacts>();
  for (const facts of objects) {
    if (facts.namespace !== undefined && !first.has(facts.namespace)) {
      first.set(facts.namespace, facts);
    }
  }
  return [...first].flatMap(([namespace, facts]) => {
    const chart = Chart.of(facts.object);
    const [scope, prop] = chart.namespace === namespace ? [chart, 'namespace'] : [facts.object, 'metadata.namespace'];
    return ResourceName.faultsOf('Namespace', namespace).map(fault => ({ facts, scope, prop, fault }));
  });
}
