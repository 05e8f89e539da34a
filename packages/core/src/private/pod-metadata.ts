import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Metadata } from '../metadata';
import { PodDefaults } from '../pod-defaults';
import { configChecksum } from './checksum';
import { ContainerModel } from './container-model';
import { portName } from './container-ports';
import type { Brought } from './pod-endpoints';
import { sidecarAnnotations } from './mesh-members';
import { sharedLabelsOf } from './shared-label';

/** What a pod says of itself, the nearest last: what selects it is nobody's to change. */
export interface PodMetadata {
  readonly labels: { [key: string]: string };
  readonly podLabels?: { [key: string]: string };
  readonly podAnnotations?: { [key: string]: string };
  readonly unsafeHostNetwork?: boolean;
  readonly selector: { [key: string]: string };
}

/** The `metadata` of a pod template, with a checksum of the configuration that the pods use. */
export function podMetadata(scope: Construct, props: PodMetadata, models: ContainerModel[], brought: Brought[]): object {
  const { podAnnotations } = props;
  const checksum = configChecksum({
    env: [...models.flatMap(model => [...model.env.values()]), ...brought.flatMap(({ env }) => [...env.values()])],
    envFrom: models.flatMap(model => model.envFrom),
    volumes: [...models.flatMap(model => [...model.volumes.values()]), ...brought.flatMap(({ volumes }) => [...volumes.values()])],
  });
  const annotations = {
    ...sidecarAnnotations(scope, Chart.of(scope).namespace, props),
    ...Object.fromEntries(Metadata._annotationsAt(scope)),
    ...PodDefaults._at(scope).annotations,
    ...podAnnotations,
    ...(checksum === undefined ? {} : { 'checksum/config': checksum }),
  };
  return {
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    labels: podLabels(scope, props),
  };
}

/** Of a pod template, what other objects of the app refer to, and whether it needs more than restricted pods get. */
export interface PodOutline {
  readonly metadata: object;
  readonly spec: object;
  /** Whether it asks for something of its node, by one of the props that say `unsafe`: a level of Pod Security refuses nothing else. */
  readonly asksNode: () => boolean;
}

/** Of a pod template, what other objects of the app refer to: labels, and names of containers and ports. */
export function podOutline(scope: Construct, props: PodMetadata, models: ContainerModel[]): PodOutline {
  const outline = (model: ContainerModel) => ({
    name: model.props.name, ports: model.ports.map(port => ({ name: portName(port), containerPort: port.number })),
  });
  const isInit = ({ role }: ContainerModel) => role === 'init';
  const [initContainers, containers] = [models.filter(isInit), models.filter(model => !isInit(model))];
  return {
    metadata: { labels: podLabels(scope, props) },
    spec: { initContainers: initContainers.map(outline), containers: containers.map(outline) },
    asksNode: () => props.unsafeHostNetwork === true || models.some(asksNode),
  };
}

function asksNode({ ports, volumes }: ContainerModel): boolean {
  return ports.some(port => port.unsafeHostPort !== undefined) || [...volumes.values()].some(volume => 'hostPath' in (volume._render() ?? {}));
}

function podLabels(scope: Construct, { labels, podLabels: own, selector }: PodMetadata): { [key: string]: string } {
  const around = { ...Chart.of(scope).labels, ...Object.fromEntries(Metadata._labelsAt(scope)), ...PodDefaults._at(scope).labels };
  const shared = sharedLabelsOf(scope);
  const isSaid = Object.keys(around).length === 0 && own === undefined && shared === undefined;
  const alone = isSaid && Object.keys(selector).every(key => labels[key] === selector[key]);
  return alone ? labels : { ...around, ...labels, ...own, ...shared, ...selector };
}
