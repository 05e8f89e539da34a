import { Fault } from '../faults';
import { Labels } from '../labels';
import { AccessMode } from '../access-mode';
import type { PodTemplateProps } from '../pod-template-props';
import { ContainerModel } from './container-model';
import { clashingPorts, hostPortFaults, portName } from './container-ports';
import { durationFaults } from './duration';
import { podIdFaults } from './pod-ids';
import { quoted } from './quoted';
import { referenceFaults } from './references';

const ONE_NODE = new Set<string | undefined>([AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD]);

interface PropFault {
  readonly prop: string;
  readonly fault: Fault;
}

/** What is wrong with a pod apart from its containers and where it runs. */
export function podFaults(props: PodTemplateProps, namespace: string | undefined): PropFault[] {
  const { serviceAccount, terminationGracePeriod, selector } = props;
  const { podLabels = {}, podAnnotations = {}, nodeSelector = {}, dnsOptions = {} } = props;
  const said = (prop: string, faults: Fault[]) => faults.map(fault => ({ prop, fault }));
  return [
    ...podIdFaults(props),
    ...said('serviceAccount',
      serviceAccount === undefined ? [] : referenceFaults(serviceAccount, 'ServiceAccount', namespace)),
    ...said('terminationGracePeriod', terminationGracePeriod === undefined ? [] : durationFaults(terminationGracePeriod, { from: 1 })),
    ...Object.entries(podLabels).flatMap(([key, value]) => said('podLabels', Labels.faultsOf(key, value))),
    ...Object.entries(podAnnotations).flatMap(([key, value]) => said('podAnnotations', Labels.annotationFaultsOf(key, value))),
    ...Object.entries(nodeSelector).flatMap(([key, value]) => said('nodeSelector', Labels.faultsOf(key, value))),
    ...Object.entries(dnsOptions).flatMap(([name, value]) => said('dnsOptions', dnsOptionFaults(name, value))),
    ...said('podAnnotations', Labels.annotationSizeFaultsOf(podAnnotations)),
    ...said('revisionLabel', props.revisionLabel === undefined ? [] : Labels.faultsOf(props.revisionLabel, '')),
    ...said('podLabels', Object.keys(selector).filter(key => podLabels[key] !== undefined).map(key => ({
      code: 'KEELSON1215', got: quoted(key), allowed: 'other labels than the one that selects the pods', fix: 'remove it: it is the name of the workload',
    }))),
  ];
}

/** What is wrong with the ports of a pod's containers taken together. */
export function podPortFaults(models: ContainerModel[], hostNetwork: boolean): PropFault[] {
  const together = models.filter(({ role }) => role !== 'init');
  const init = models.filter(({ role }) => role === 'init');
  const owner = new Map(models.flatMap(model => model.ports.map(port => [port, model.prefix] as const)));
  return [
    ...together.flatMap((model, at) => together.slice(0, at).flatMap(other => clashingPorts(model.ports, other.ports, other.props.name)
      .map(fault => ({ prop: `${model.prefix}ports`, fault })))),
    // Init containers have ended when the others start, so nothing fails; but the API server warns of it at every apply.
    ...init.flatMap(model => models.filter(other => other !== model && clashingPorts(model.ports, other.ports, other.props.name).length > 0)
      .slice(0, 1).map(other => ({ prop: `${model.prefix}ports`, fault: {
        code: 'KEELSON1432', got: `a port or port name of container ${quoted(other.props.name)}`, allowed: 'ports that no other container has',
        fix: 'remove it: nobody connects to an init container',
      } }))),
    ...hostPortFaults(models.flatMap(({ ports }) => ports), hostNetwork).map(({ port, fault }) => ({
      prop: `${owner.get(port) ?? ''}ports.${portName(port)}`, fault,
    })),
  ];
}

/** The API server takes any name; resolvers ignore what they don't know. */
function dnsOptionFaults(name: string, value: unknown): Fault[] {
  return typeof value === 'string' && /^\S+$/.test(name) && !/\s/.test(value) ? [] : [{
    code: 'KEELSON1226', member: name, got: typeof value === 'string' ? quoted(value) : String(value), allowed: 'a name and a text, both without spaces',
    fix: `write it as resolv.conf has it, such as { timeout: '2' }`,
  }];
}

/** Whether only one node at a time can have a claim of the access mode, as far as that is known. */
export function isOfOneNode(accessMode: string | undefined): boolean {
  return ONE_NODE.has(accessMode);
}

/** Pods are spread over nodes, and such a volume is on one: all but the pods of that node would wait for ever. */
export function sharedClaimFaults(claims: string[]): { prop: string; fault: Fault }[] {
  return claims.map(name => ({ prop: 'volumes', fault: {
    code: 'KEELSON1229', got: `claim '${name}', which one node can have at a time`, allowed: 'claims for several nodes where there are several pods',
    fix: 'run one pod, or use a claim of access mode ReadWriteMany',
  } }));
}
