import { isUsual } from './pod-ids';
import { plain } from './render';
import { settle } from './settled';

/** Numeric identity of the containers' processes. */
export interface UserIds {
  readonly user: number;
  readonly group: number;
}

/** What Pod Security *restricted* asks of a container. */
export function containerSecurityContext(ids: UserIds, readOnlyRootFilesystem: boolean): object {
  return isUsual(ids) && readOnlyRootFilesystem ? USUAL : context(ids, readOnlyRootFilesystem);
}

const USUAL = settle(plain(context({ user: 10001, group: 10001 }, true)) as object);

function context({ user, group }: UserIds, readOnlyRootFilesystem: boolean): object {
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
