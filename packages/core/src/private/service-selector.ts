import { Construct } from 'constructs';
import { Fault } from '../faults';
import type { IServiceBackend } from '../service-backend';
import { otherType } from './made';
import { selectorFaults } from './peer-faults';
import { quoted } from './quoted';
import { PropFault, textOf } from './service-ports';
import { share, sharedLabelOf } from './shared-label';

/** How a Service finds its pods: by the label of the one workload, else by one that all of its workloads' pods get. */
export function selectorOf(
  name: string, backends: IServiceBackend[], namespace: string | undefined,
): { selector: { [key: string]: string } | undefined; faults: PropFault[] } {
  const [first, ...others] = backends;
  const faults = foreign(backends, namespace);
  const say = (code: string, got: string, allowed: string, fix: string) => faults.push({ prop: 'backends', fault: { code, got, allowed, fix } });
  if (first === undefined) {
    say('KEELSON1690', 'none', 'at least one workload', 'name it, or use a SelectorlessService for addresses');
    return { selector: undefined, faults };
  }
  if (others.length === 0) {
    faults.push(...Construct.isConstruct(first) ? [] : selectorFaults('labels', first.selector, 'labels that only its pods carry').map(fault => ({ prop: 'backends', fault })));
    return { selector: first.selector, faults };
  }
  const label = sharedLabelOf(name);
  for (const backend of backends) {
    if (Construct.isConstruct(backend)) {
      share(backend, label);
    } else {
      say('KEELSON1700', textOf(backend), 'workloads of this app, where there are several: their pods get a label in common',
        'select all pods by one label that they carry, with one ServiceBackend.fromPodLabels');
    }
  }
  return { selector: label, faults };
}

/** Endpoints of a Service are pods of its own namespace. */
function foreign(backends: IServiceBackend[], namespace: string | undefined): PropFault[] {
  const other = backends.filter(backend => backend.namespace !== undefined && namespace !== undefined && backend.namespace !== namespace);
  return other.map(backend => ({
    prop: 'backends', fault: {
      code: 'KEELSON1691', got: `${textOf(backend)} of namespace ${quoted(backend.namespace)}`, allowed: `a workload of namespace ${quoted(namespace)}`,
      fix: 'have the Service in the namespace of its pods; an ExternalNameService can give it a name here',
    },
  }));
}

/** Each once; without what is no backend at all, which programs without types may give. */
export function soundBackends(given: IServiceBackend[]): { backends: IServiceBackend[]; faults: Fault[] } {
  const all = Array.isArray(given) ? [...new Set(given)] : [];
  const isBackend = (each: Partial<IServiceBackend> | undefined) => each?.connections !== undefined && each.selector !== undefined;
  return {
    backends: all.filter(isBackend),
    faults: all.filter(each => !isBackend(each))
      .map(each => otherType(each, 'workloads', 'name the WebApp, Worker or Workload; of others, use ServiceBackend.fromPodLabels(…)')),
  };
}
