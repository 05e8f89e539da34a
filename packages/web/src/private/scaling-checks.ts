import { ClusterProfile, Fault, Faults, RunningContainer, Warnings, Workload } from '@keelson/core';
import type { Scaling } from '../scaling';
import type { VerticalScaling } from '../vertical-scaling';
import { PodCount } from './deployment-faults';
import { missingKind } from './missing-kind';
import { ResourceUse } from './scaling-model';

/** What scaling needs of the cluster and of the pods. What pods are is known at synth only: containers may be added until then. */
export function checkScaling(
  workload: Workload, scaling: Scaling | undefined, vertical: VerticalScaling | undefined, pods: PodCount,
): void {
  const profile = ClusterProfile.of(workload);
  if (scaling !== undefined) {
    Faults.report(workload, 'scaling', [...scaling._model.faultsIn(profile), ...scaling._model.namespaceFaults(workload.namespace)]);
    for (const { code, text } of scaling._model.warnings) {
      Warnings.report(workload, code, text);
    }
    if (scaling._model.min === scaling.max && scaling.faults.length === 0) {
      Warnings.report(workload, 'KEELSON2092', `'scaling' never changes the number of pods, since min and max are both ${scaling.max}: `
        + "raise 'max', or set 'replicas' instead");
    }
  }
  if (vertical !== undefined) {
    Faults.report(workload, 'verticalScaling', verticalFaultsIn(profile, vertical));
    if (vertical.evicts && pods.most > 0 && pods.most < vertical._minReplicas) {
      Warnings.report(workload, 'KEELSON2119', `'verticalScaling' replaces no pod, since there are at most ${pods.most}, and it leaves fewer than `
        + `${vertical._minReplicas} alone: set its 'minReplicas' to ${pods.most}, or run more pods`);
    }
  }
  const uses = scaling?._model.uses ?? [];
  if (uses.length > 0 || vertical !== undefined) {
    workload.node.addValidation({ validate: () => lateFaults(workload, uses, vertical) });
  }
}

function verticalFaultsIn(profile: ClusterProfile, { updateMode }: VerticalScaling): Fault[] {
  const { version } = profile;
  return [
    ...missingKind(profile, 'autoscaling.k8s.io/v1', 'VerticalPodAutoscaler'),
    ...(updateMode !== 'InPlaceOrRecreate' || version.isAtLeast('1.33') ? [] : [{
      code: 'KEELSON2108', got: `${updateMode} on Kubernetes ${version.text}`, allowed: 'one that the cluster can carry out: pods are changed in place from 1.33 on',
      fix: 'use VerticalScaling.recreate(…)',
    }]),
  ];
}

function lateFaults(workload: Workload, uses: readonly ResourceUse[], vertical: VerticalScaling | undefined): string[] {
  const containers = workload.pods.runningContainers;
  const names = containers.map(({ name }) => name);
  const listed = [...names].sort().join(', ');
  const say = (prop: string, fault: Fault) => Faults.describe(prop, fault);
  const unknown = (code: string, member: string, got: string): Fault => ({
    code, member, got: `'${got}'`, allowed: `a container that runs as long as the pod (${listed})`, fix: 'name one of them',
  });
  return [
    ...uses.flatMap(use => {
      const { member, container } = use;
      if (container !== undefined && !names.includes(container)) {
        return [say('scaling', unknown('KEELSON2084', member, container))];
      }
      const measured = containers.filter(({ name }) => container === undefined || name === container);
      warnOfUnreachable(workload, use, measured);
      return conflicts(use, measured, vertical).map(fault => say('verticalScaling', fault));
    }),
    ...(vertical?._named ?? []).filter(name => !names.includes(name)).map(name => say('verticalScaling', unknown('KEELSON2109', 'containers', name))),
  ];
}

/** Each would answer the other: fewer pods use more, so that each pod grows, so that fewer are needed. */
function conflicts({ resource, member }: ResourceUse, measured: RunningContainer[], vertical: VerticalScaling | undefined): Fault[] {
  const both = vertical === undefined ? [] : measured.filter(({ name }) => vertical._controls(name, resource));
  return both.map(({ name }) => ({
    code: 'KEELSON2107', got: `${resource} of container '${name}', which 'scaling.${member}' measures`, allowed: "of resources that 'scaling' doesn't measure",
    fix: `leave ${resource} to one of the two: by controlledResources of that container, or by VerticalScaling.recommendOnly()`,
  }));
}

/** What pods can't use, they never reach: as many of them stay, however much there is to do. */
function warnOfUnreachable(workload: Workload, { resource, percent, container, member }: ResourceUse, measured: RunningContainer[]): void {
  const sum = (of: 'requests' | 'limits') => measured.reduce((all, each) => all + (each[of][resource] ?? NaN), 0);
  const most = sum('limits') / sum('requests') * 100;
  // A limit below the request is reported as such.
  if (percent !== undefined && most > 99.9 && percent >= most - 1e-6) {
    const who = container === undefined ? 'the pods' : `container '${container}'`;
    Warnings.reportLate(workload, 'KEELSON2091', `'scaling.${member}' of ${percent} % is never passed, since ${who} may use at most ${Math.floor(most)} % of the ${resource} `
      + `that is requested, so that no pod is added: lower it, or raise ${resource === 'cpu' ? 'cpuLimit' : 'memoryLimit'}`);
  }
}
