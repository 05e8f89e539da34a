import { ClusterProfile, Fault, Faults } from '@keelson/core';
import { ScalingTrigger } from '../scaling-trigger';
import { TriggerMetricType } from '../scaling-trigger-options';
import { ScalingFallback, ScalingFallbackBehavior, TriggerScaling } from '../trigger-scaling';
import { behaviorFaults, behaviorFaultsIn, renderBehavior } from './behavior';
import { INT32, isInt32From } from './integer';
import { enumFaults, givenFaults, made } from './made';
import { missingKind } from './missing-kind';
import { podRangeFaults } from './pod-range';
import { repeatedFaults } from './repeated';
import { ResourceUse, ScalingModel, ScalingWarning } from './scaling-model';
import { secondsFaults, secondsOf } from './seconds';

/** KEDA's ScaledObject, which makes a HorizontalPodAutoscaler, and takes away the last pod. */
export class TriggerModel implements ScalingModel {
  public readonly apiVersion = 'keda.sh/v1alpha1';
  public readonly kind = 'ScaledObject';
  public readonly min: number;
  public readonly max: number;
  public readonly saysMin: boolean;
  public readonly faults: Fault[];
  public readonly warnings: readonly ScalingWarning[];
  public readonly uses: readonly ResourceUse[];
  private readonly readable: ScalingTrigger[];

  public constructor(private readonly triggers: ScalingTrigger[], private readonly options: TriggerScaling, usualMin?: number) {
    this.min = options.min ?? usualMin ?? 0;
    this.saysMin = options.min !== undefined || usualMin !== undefined;
    this.max = options.max;
    this.readable = triggers.flatMap(trigger => made(trigger) ?? []);
    this.uses = this.readable.flatMap(({ _use: use }) => (use === undefined ? [] : [{ ...use, member: `triggers.${use.member}` }]));
    this.faults = [
      ...podRangeFaults(this.min, this.max, 0),
      ...(triggers.length > 0 ? [] : [{
        code: 'KEELSON2097', member: 'triggers', got: 'none', allowed: 'at least one', fix: "try ScalingTrigger.cpu(70), or set 'replicas' instead",
      }]),
      ...triggers.flatMap((trigger, at) => Faults.within(`triggers.${made(trigger)?.type ?? at}`, givenFaults(trigger, 'ScalingTrigger', 'cpu(70)'))),
      ...this.boundsFaults(), ...this.namesFaults(), ...repeatedFaults('triggers', this.uses.map(titled)), ...this.timeFaults(), ...behaviorFaults(options),
    ];
    this.warnings = this.fallbackWarnings();
  }

  public withUsualMin(usual: number): ScalingModel {
    return this.saysMin ? this : new TriggerModel(this.triggers, this.options, usual);
  }

  public faultsIn(profile: ClusterProfile): Fault[] {
    return [...missingKind(profile, this.apiVersion, this.kind), ...behaviorFaultsIn(profile, this.options)];
  }

  public namespaceFaults(namespace: string | undefined): Fault[] {
    const foreign = this.readable.filter(({ _authentication: each }) =>
      each?.kind === 'TriggerAuthentication' && each.namespace !== undefined && namespace !== undefined && each.namespace !== namespace);
    return foreign.map(({ type, _authentication: each }) => ({
      code: 'KEELSON2104', member: `triggers.${type}.authentication`, got: `TriggerAuthentication ${Faults.quoted(each?.name ?? '')} in namespace ${Faults.quoted(each?.namespace ?? '')}`,
      allowed: `one in the namespace of the workload, ${Faults.quoted(namespace ?? '')}`, fix: 'make one there, or use a ClusterTriggerAuthentication that the platform makes',
    }));
  }

  public spec(name: string): object {
    const { idleReplicas, pollingInterval, cooldownPeriod, initialCooldownPeriod, fallback } = this.options;
    const seconds = (duration: TriggerScaling['pollingInterval']) => (duration === undefined ? undefined : secondsOf(duration));
    return {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicaCount: this.min,
      maxReplicaCount: this.max,
      idleReplicaCount: idleReplicas,
      pollingInterval: seconds(pollingInterval),
      cooldownPeriod: seconds(cooldownPeriod),
      initialCooldownPeriod: seconds(initialCooldownPeriod),
      fallback: fallback === undefined ? undefined : renderFallback(fallback),
      advanced: { horizontalPodAutoscalerConfig: { behavior: renderBehavior(this.options) } },
      triggers: this.triggers,
    };
  }

  private boundsFaults(): Fault[] {
    const { idleReplicas, fallback } = this.options;
    const isBlind = this.readable.length > 0 && this.readable.every(({ _use }) => _use !== undefined);
    const late = this.readable.filter(({ _desiredReplicas: wanted }) => wanted !== undefined && wanted > this.max);
    return [
      ...(isBlind && this.min === 0 ? [{
        code: 'KEELSON2096', member: 'min', got: '0, with triggers of cpu and memory alone', allowed: 'at least 1 where there is no other trigger',
        fix: 'set it: pods that are not there use nothing, so that none would ever come back',
      }] : []),
      ...(idleReplicas === undefined || (idleReplicas === 0 && this.min > 0) ? [] : [{
        code: 'KEELSON2095', member: 'idleReplicas', got: `${idleReplicas}, with min ${this.min}`, allowed: "0, below 'min'", fix: "set 'min' to the pods that there are as soon as there is work, or leave it out",
      }]),
      ...late.map(({ _desiredReplicas: wanted }) => ({
        code: 'KEELSON2116', member: 'triggers.cron.desiredReplicas', got: `${wanted}`, allowed: `at most max, ${this.max}`, fix: "raise 'max', or ask for fewer",
      })),
      ...(fallback === undefined ? [] : Faults.within('fallback', fallbackFaults(fallback, isBlind, this.max))),
    ];
  }

  /** KEDA's admission webhook takes this from 2.18 on, and nobody says which one the cluster has. */
  private fallbackWarnings(): ScalingWarning[] {
    const asking = this.readable.filter(({ _use }) => _use === undefined);
    const isValueOnly = asking.length > 0 && asking.every(({ _metricType: type }) => type === TriggerMetricType.VALUE);
    return this.options.fallback === undefined || !isValueOnly ? [] : [{
      code: 'KEELSON2143', text: "'scaling.fallback' is refused by KEDA before 2.18, since all triggers that have one are of TriggerMetricType.VALUE: "
        + 'run KEDA 2.18 or newer, or make one of them TriggerMetricType.AVERAGE_VALUE',
    }];
  }

  private namesFaults(): Fault[] {
    const names = this.readable.flatMap(({ _name }) => _name ?? []);
    const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
    return twice.map(name => ({
      code: 'KEELSON2103', member: 'triggers', got: `two called ${Faults.quoted(name)}`, allowed: 'called differently', fix: 'rename one of the two',
    }));
  }

  private timeFaults(): Fault[] {
    const { pollingInterval, cooldownPeriod, initialCooldownPeriod } = this.options;
    return [
      ...secondsFaults('KEELSON2100', 'pollingInterval', pollingInterval, 1, 'Duration.seconds(30)'),
      ...secondsFaults('KEELSON2100', 'cooldownPeriod', cooldownPeriod, 0, 'Duration.minutes(5)'),
      ...secondsFaults('KEELSON2100', 'initialCooldownPeriod', initialCooldownPeriod, 0, 'Duration.minutes(5)'),
    ];
  }
}

/** Before KEDA 2.17 there is no `behavior`: what is usual isn't said. */
function renderFallback({ failureThreshold, replicas, behavior = ScalingFallbackBehavior.STATIC }: ScalingFallback): object {
  return { failureThreshold, replicas, behavior: behavior === ScalingFallbackBehavior.STATIC ? undefined : behavior };
}

function titled({ resource, container }: ResourceUse): { key: string; title: string } {
  const title = container === undefined ? resource : `${resource} of ${container}`;
  return { key: title, title };
}

function fallbackFaults({ failureThreshold, replicas, behavior }: ScalingFallback, isBlind: boolean, max: number): Fault[] {
  const counts = Object.entries({ failureThreshold, replicas }).filter(([, count]) => !isInt32From(0, count));
  return [
    ...counts.map(([member, count]) => ({ code: 'KEELSON2098', member, got: `${count}`, allowed: `an integer from 0 to ${INT32}`, fix: 'give a whole number' })),
    ...(counts.length > 0 || replicas <= max ? [] : [{
      code: 'KEELSON2146', member: 'replicas', got: `${replicas}`, allowed: `at most max, ${max}`, fix: "raise 'max', or ask for fewer",
    }]),
    ...Faults.within('behavior', enumFaults(behavior, 'ScalingFallbackBehavior', ScalingFallbackBehavior)),
    ...(isBlind ? [{
      code: 'KEELSON2099', got: 'one, with triggers of cpu and memory alone', allowed: 'left out where there is no other trigger', fix: 'remove it: KEDA refuses it',
    }] : []),
  ];
}
