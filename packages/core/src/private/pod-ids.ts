import type { ClusterFacts } from '../profile/cluster-facts';
import { Fault } from '../faults';
import { PodProps } from '../pod-props';
import { plain } from './render';
import { settle } from './settled';

/** Below, a number is likely to be somebody's on the node. */
const LOWEST = 10001;
/** The highest that Kubernetes takes. */
const HIGHEST = 2 ** 31 - 1;

/** Who the processes of a pod run as; where the cluster assigns the numbers, only those that are asked for. */
export interface PodIds {
  readonly user?: number;
  readonly group?: number;
  readonly fsGroup?: number;
  /** Whether the cluster assigns what is open, and the SELinux label too. */
  readonly assigned?: boolean;
}

export function podIds({ runAsUser, runAsGroup, fsGroup }: PodProps, { assignsUserIds: assigned }: Pick<ClusterFacts, 'assignsUserIds'>): PodIds {
  if (assigned) {
    return { user: runAsUser, group: runAsGroup, fsGroup, assigned };
  }
  const user = runAsUser ?? LOWEST;
  const group = runAsGroup ?? user;
  return { user, group, fsGroup: fsGroup ?? group };
}

export function podIdFaults(props: PodProps): { prop: string; fault: Fault }[] {
  const lowest = props.unsafeLowUserIds === true ? 1 : LOWEST;
  const { runAsUser, runAsGroup, fsGroup } = props;
  return Object.entries({ runAsUser, runAsGroup, fsGroup })
    .filter(([, id]) => id !== undefined && !(Number.isInteger(id) && id >= lowest && id <= HIGHEST))
    .map(([prop, id]) => ({
      prop,
      fault: {
        code: 'KEELSON1210', got: `${id}`, allowed: `an integer from ${lowest} to ${HIGHEST}`,
        fix: id === 0 ? 'root is never allowed: choose a number and have the image own its files by it'
          : 'build the image for such a number, or set unsafeLowUserIds if it only works as another',
      },
    }));
}

/** What Pod Security *restricted* asks of a pod; containers repeat it, since not every checker looks at both. */
export function podSecurityContext(ids: PodIds): object {
  return isUsual(ids) && ids.fsGroup === LOWEST && ids.assigned !== true ? USUAL : podContext(ids);
}

/** What to warn of: numbers where the cluster gives its own. */
export function podIdWarnings(props: PodProps, profile: Pick<ClusterFacts, 'assignsUserIds'>): string[] {
  const { user, group, fsGroup, assigned } = podIds(props, profile);
  const asked = Object.entries({ runAsUser: user, runAsGroup: group, fsGroup }).flatMap(([prop, id]) => (id === undefined ? [] : [`'${prop}' ${id}`]));
  return assigned !== true || asked.length === 0 ? [] : [
    `${asked.join(', ')}: the cluster assigns these numbers itself, and starts no pod that asks for others unless its ServiceAccount may use `
    + "a SecurityContextConstraints that takes them, such as 'nonroot-v2'",
  ];
}

/** Whether its processes run as those of any other pod. */
export function isUsual({ user, group }: Pick<PodIds, 'user' | 'group'>): boolean {
  return user === LOWEST && group === LOWEST;
}

const USUAL = settle(plain(podContext({ user: LOWEST, group: LOWEST, fsGroup: LOWEST })) as object);

function podContext({ user, group, fsGroup, assigned }: PodIds): object {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    fsGroup,
    supplementalGroups: fsGroup === undefined ? undefined : [fsGroup],
    // Else the owner of every file on a volume is set at every start, which takes minutes on a large one.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
    // The type that container runtimes use by default; without effect where SELinux is off.
    seLinuxOptions: assigned === true ? undefined : { type: 'container_t' },
  };
}
