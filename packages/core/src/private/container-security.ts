import { isUsual, PodIds } from './pod-ids';
import { plain } from './render';
import { settle } from './settled';

/** What Pod Security *restricted* asks of a container. */
export function containerSecurityContext(ids: Pick<PodIds, 'user' | 'group'>, readOnlyRootFilesystem: boolean): object {
  return isUsual(ids) && readOnlyRootFilesystem ? USUAL : context(ids, readOnlyRootFilesystem);
}

const USUAL = settle(plain(context({ user: 10001, group: 10001 }, true)) as object);

function context({ user, group }: Pick<PodIds, 'user' | 'group'>, readOnlyRootFilesystem: boolean): object {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem,
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
