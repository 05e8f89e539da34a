import { Faults, Manifest, Workload } from '@keelson/core';
import { Lazy } from 'cdk8s';
import { DeploymentStrategy } from '../deployment-strategy';
import { DisruptionBudget } from '../disruption-budget';
import { PercentOrAbsolute } from '../percent-or-absolute';
import { claimFault, defaultDeadline, deploymentFaults, MIN_READY, PodCount, WatchedProps } from './deployment-faults';
import { made } from './made';
import { checkScaling } from './scaling-checks';
import { secondsOf } from './seconds';

/** Objects beside a Deployment that are about its pods. */
export interface DeploymentParts {
  readonly podDisruptionBudget?: Manifest;
  readonly horizontalPodAutoscaler?: Manifest;
  readonly scaledObject?: Manifest;
  readonly verticalPodAutoscaler?: Manifest;
}

/** Reports what is wrong with the props as they were given. */
export function checkDeployment(workload: Workload, props: WatchedProps, pods: PodCount): void {
  for (const { prop, fault } of deploymentFaults(props, pods)) {
    Faults.report(workload, prop, [fault]);
  }
  const strategy = made(props.strategy);
  if (strategy?.overlaps ?? true) {
    workload.node.addValidation({ validate: () => workload.pods.singleNodeClaims.map(claimFault).map(fault => Faults.describe('strategy', fault)) });
  }
  checkScaling(workload, made(props.scaling), made(props.verticalScaling), pods);
}

/** The Deployment. It names no number of pods where something else does. */
export function defineDeployment(workload: Workload, props: WatchedProps): Manifest {
  const { scaling, progressDeadline } = props;
  const { objectMetadata } = workload;
  // Polaris asks for a number of replicas even where an autoscaler owns it, which would then fight with every apply.
  const exempt: { [key: string]: string } = scaling === undefined ? {} : { 'polaris.fairwinds.com/deploymentMissingReplicas-exempt': 'true' };
  return new Manifest(workload, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...objectMetadata, annotations: { ...exempt, ...objectMetadata.annotations } },
    spec: {
      replicas: scaling === undefined ? props.replicas ?? 2 : undefined,
      minReadySeconds: secondsOf(props.minReady ?? MIN_READY),
      progressDeadlineSeconds: progressDeadline === undefined
        ? Lazy.any({ produce: () => defaultDeadline(props, workload.longestWait) }) : secondsOf(progressDeadline),
      revisionHistoryLimit: props.revisionHistoryLimit ?? 3,
      strategy: props.strategy ?? DeploymentStrategy.rollingUpdate(),
      selector: { matchLabels: workload.selector },
      template: workload.pods,
    },
  });
}

/** What protects and scales the pods. */
export function defineParts(workload: Workload, props: WatchedProps, { most }: PodCount): DeploymentParts {
  const { disruptionBudget, scaling, verticalScaling } = props;
  const { name, labels } = workload;
  const define = (kind: string, apiVersion: string, spec: object) =>
    new Manifest(workload, kind, { apiVersion, kind, metadata: { name, labels }, spec });
  const one = PercentOrAbsolute.absolute(1);
  const budget = disruptionBudget ?? (most > 1 ? DisruptionBudget.maxUnavailable(one) : DisruptionBudget.unsafeNone());
  // Pods that aren't ready anyway must not keep a node from being drained.
  const podDisruptionBudget = budget.protects ? define('PodDisruptionBudget', 'policy/v1', {
    ...budget._spec(), unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: workload.selector },
  }) : undefined;
  const model = scaling?._model;
  const scaler = model === undefined ? undefined : define(model.kind, model.apiVersion, model.spec(name));
  return {
    podDisruptionBudget,
    horizontalPodAutoscaler: scaler?.kind === 'HorizontalPodAutoscaler' ? scaler : undefined,
    scaledObject: scaler?.kind === 'ScaledObject' ? scaler : undefined,
    verticalPodAutoscaler: verticalScaling === undefined ? undefined
      : define('VerticalPodAutoscaler', 'autoscaling.k8s.io/v1', verticalScaling._spec(name)),
  };
}
