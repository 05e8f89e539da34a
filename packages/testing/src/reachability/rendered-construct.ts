import { isObject, objectAt, type Json } from '../manifest.js';
import { isWorkload } from './workload.js';

/** A construct of a cdk8s program, such as a web app, of whichever copy of the library. */
export interface RenderedConstruct {
  readonly node: { readonly path: string; findAll(): object[] };
}

interface Rendering {
  toJson(): unknown;
}

/** The workloads that a construct renders: `shop/Deployment/web`. */
export function workloadsOf(construct: RenderedConstruct): string[] {
  const objects = construct.node.findAll().filter(isRendering).map((each) => each.toJson() as Json).filter(isObject);
  return objects.filter(isWorkload).map((object) => {
    const { namespace, name } = objectAt(object, 'metadata');
    return `${typeof namespace === 'string' ? namespace : 'default'}/${String(object.kind)}/${String(name)}`;
  });
}

/** Objects of the API are the constructs with an `apiVersion`. */
function isRendering(construct: object): construct is Rendering {
  return 'apiVersion' in construct && 'toJson' in construct && typeof construct.toJson === 'function';
}
