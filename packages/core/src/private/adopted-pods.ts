import { ApiObject } from 'cdk8s';
import { ContainerPort } from '../container';
import { Fault } from '../faults';
import { Protocol } from '../protocol';
import { holderOf } from './manifest-checks';
import { items, member, textAt, textsAt } from './manifest-fields';

/** What is read of an object that runs pods. */
export interface AdoptedPods {
  readonly labels: { [key: string]: string };
  readonly ports: ContainerPort[];
  readonly serviceAccount: string | undefined;
  readonly mountsToken: boolean;
}

const KINDS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
const NONE: AdoptedPods = { labels: {}, ports: [], serviceAccount: undefined, mountsToken: false };

/** The pods of an object; as good as none where it has none. */
export function adoptedPodsOf(object: ApiObject | undefined): AdoptedPods {
  if (object === undefined || !KINDS.includes(object.kind)) {
    return NONE;
  }
  const manifest: unknown = object.toJson();
  const template = object.kind === 'Pod' ? manifest : member(holderOf(object.kind, manifest), 'template');
  const spec = member(template, 'spec');
  const selector = object.kind === 'ReplicationController' ? textsAt(manifest, 'spec', 'selector') : textsAt(manifest, 'spec', 'selector', 'matchLabels');
  const sidecars = items(member(spec, 'initContainers')).filter(container => textAt(container, 'restartPolicy') === 'Always');
  return {
    labels: Object.fromEntries(selector ?? textsAt(template, 'metadata', 'labels') ?? []),
    ports: [...items(member(spec, 'containers')), ...sidecars].flatMap(container => items(member(container, 'ports')).flatMap(portOf)),
    serviceAccount: textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount'),
    mountsToken: member(spec, 'automountServiceAccountToken') !== false,
  };
}

export function adoptionFaults(object: ApiObject, { labels }: AdoptedPods, chartNamespace: string | undefined): Fault[] {
  const { namespace } = object.metadata;
  if (!KINDS.includes(object.kind)) {
    return [{ code: 'KEELSON1466', got: `a ${object.kind}`, allowed: `an object that runs pods: one of ${KINDS.join(', ')}`, fix: 'name the one whose pods are meant' }];
  }
  return [
    ...(Object.keys(labels).length > 0 ? [] : [{
      code: 'KEELSON1467', got: 'pods without labels', allowed: 'pods that can be selected', fix: 'give them a label: policies and Services find pods by nothing else',
    }]),
    ...(namespace === chartNamespace ? [] : [{
      code: 'KEELSON1469', got: `namespace '${namespace}'`, allowed: `in the namespace of its chart, ${chartNamespace === undefined ? 'which names none' : `'${chartNamespace}'`}`,
      fix: "include it in a chart of that namespace: its network policy is the chart's",
    }]),
  ];
}

export function granteeFaults(path: string, { serviceAccount, mountsToken }: AdoptedPods): Fault[] {
  if (serviceAccount === undefined || serviceAccount === 'default') {
    return [{
      code: 'KEELSON1470', got: `${path}, which runs as 'default'`, allowed: 'a workload with an account of its own',
      fix: "give it a 'serviceAccountName': 'default' is every other pod of the namespace, too",
    }];
  }
  return mountsToken ? [] : [{
    code: 'KEELSON1470', got: `${path}, which mounts none`, allowed: 'a workload that mounts the token of its account',
    fix: "set 'automountServiceAccountToken', or grant to Subject.serviceAccount(account)",
  }];
}

function portOf(port: unknown): ContainerPort[] {
  const number = member(port, 'containerPort');
  const protocol = textAt(port, 'protocol');
  return typeof number !== 'number' ? [] : [{ number, name: textAt(port, 'name'), protocol: Object.values(Protocol).find(each => each === protocol) }];
}
