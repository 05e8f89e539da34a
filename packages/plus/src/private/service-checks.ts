import { Fault, Faults } from '@keelson/core';
import { ApiObject } from 'cdk8s';
import type { AbstractPod, Service } from 'cdk8s-plus-27';

/** Pairs that are looked at already: `FromPlus.service` may be called for each use. */
const checked = new WeakMap<Service, Set<AbstractPod>>();

/** Has synth say where a Service doesn't lead to the pods that were given as those behind it. Both may change until then. */
export function checkService(service: Service, pods: AbstractPod): void {
  const known = checked.get(service) ?? new Set<AbstractPod>();
  checked.set(service, known);
  if (!known.has(pods)) {
    known.add(pods);
    service.node.addValidation({ validate: () => selectionFaults(service, pods).map(({ prop, fault }) => Faults.describe(prop, fault)) });
  }
}

function selectionFaults(service: Service, pods: AbstractPod): { prop: string; fault: Fault }[] {
  const [front, behind] = [rendered(service), rendered(pods)];
  const [own, other] = [front?.metadata?.namespace, behind?.metadata?.namespace];
  if (front === undefined || behind === undefined) {
    return [];
  }
  if (own !== other) {
    return [{ prop: 'metadata.namespace', fault: {
      code: 'KEELSON2207', got: own === undefined ? 'none' : `'${own}'`,
      allowed: `that of the pods given to FromPlus.service, ${other === undefined ? 'which name none' : `'${other}'`}`,
      fix: 'a Service leads to pods of its own namespace only: define both in one',
    } }];
  }
  const selector = Object.entries(front.spec?.selector ?? {});
  const labels = labelsOf(behind);
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value) ? [] : [{ prop: 'selector', fault: {
    code: 'KEELSON2206', got: selector.length === 0 ? 'none' : `'${selector.map(([key, value]) => `${key}=${value}`).join(',')}'`,
    allowed: `of the pods given to FromPlus.service, '${pods.node.path}'`, fix: 'give the pods that the Service selects: nobody else is let in to them',
  } }];
}

interface Meta {
  readonly namespace?: string;
  readonly labels?: { readonly [key: string]: string };
}

/** Of an object, what is looked at. */
interface Rendered {
  readonly metadata?: Meta;
  readonly spec?: {
    readonly selector?: { readonly [key: string]: string };
    readonly template?: { readonly metadata?: Meta };
    readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly metadata?: Meta } } };
  };
}

/** As it is written, patches and all; none where it throws, which is said of the object itself. */
function rendered(construct: Service | AbstractPod): Rendered | undefined {
  try {
    return ApiObject.of(construct).toJson() as Rendered;
  } catch {
    return undefined;
  }
}

function labelsOf({ metadata, spec }: Rendered): { readonly [key: string]: string } {
  const template = spec?.jobTemplate?.spec?.template ?? spec?.template;
  return (template === undefined ? metadata : template.metadata)?.labels ?? {};
}
