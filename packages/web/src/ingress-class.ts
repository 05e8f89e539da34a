import { Faults, Manifest } from '@keelson/core';
import { Construct } from 'constructs';
import { freeId } from './private/free-id';
import { DEFAULT_CLASS, beTheOnlyDefault } from './private/ingress-class/default-class';
import { controllerFaults, parametersFaults } from './private/ingress-class/ingress-class-faults';

const KIND = 'IngressClass';

/**
 * Who carries out Ingresses, as these name it: one of ours, or one made elsewhere.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export interface IIngressClass {
  /** Name of the IngressClass. */
  readonly name: string;

  /** Always `IngressClass`. */
  readonly kind: string;
}

/** An object with more settings of an IngressClass, of a kind that its controller knows. */
export interface IngressClassParameters {
  /**
   * The group of its kind, such as `k8s.example.com`.
   *
   * @default - the core group.
   */
  readonly apiGroup?: string;

  /** Its kind, such as `IngressParameters`. */
  readonly kind: string;

  /** Its `metadata.name`. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - none: it is the whole cluster's.
   */
  readonly namespace?: string;
}

/** Properties for `IngressClass`. */
export interface IngressClassProps {
  /**
   * The controller that carries out its Ingresses, as that calls itself: a domain, `/` and a path, such as `k8s.io/ingress-nginx` or
   * `traefik.io/ingress-controller`; at most 250 characters. It can't be changed later.
   */
  readonly controller: string;

  /**
   * Whether Ingresses that name no class get this one. A cluster has one such class at most.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
   */
  readonly isDefault?: boolean;

  /**
   * An object with more settings of the controller.
   *
   * @default - none.
   */
  readonly parameters?: IngressClassParameters;

  /**
   * Its `metadata.name`.
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
}

/**
 * A class of Ingresses: which controller carries them out. The chart of an ingress controller mostly brings its own; this is for those that
 * come without, and for a second class of one.
 *
 * ```ts
 * const inner = new IngressClass(chart, 'inner', { controller: 'traefik.io/ingress-controller' });
 * IngressController.named(inner.name, { namespace: 'traefik' });
 * ```
 *
 * Defines an IngressClass, which has no namespace: it is the whole cluster's.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
 */
export class IngressClass extends Construct implements IIngressClass {
  /**
   * A class that the cluster has.
   *
   * @param name the class's name, such as `nginx`.
   */
  public static fromIngressClassName(name: string): IIngressClass {
    return { name, kind: KIND };
  }

  /** Always `IngressClass`. */
  public readonly kind = KIND;

  /** The object itself, for patches. */
  public readonly manifest: Manifest;

  public constructor(scope: Construct, id: string, props: IngressClassProps) {
    super(scope, freeId(scope, id, KIND));
    const { controller, isDefault, parameters, name = id, labels } = props;
    Faults.report(this, 'controller', controllerFaults(controller));
    Faults.report(this, 'parameters', parametersFaults(parameters));
    this.manifest = new Manifest(this, 'Resource', {
      apiVersion: 'networking.k8s.io/v1',
      kind: this.kind,
      metadata: { name, labels, annotations: isDefault === true ? { [DEFAULT_CLASS]: 'true' } : undefined },
      spec: { controller, parameters: parameters && { ...parameters, scope: parameters.namespace === undefined ? 'Cluster' : 'Namespace' } },
    });
    if (isDefault === true) {
      beTheOnlyDefault(this, this.manifest);
    }
  }

  /** Its `metadata.name`. */
  public get name(): string {
    return this.manifest.name;
  }
}
