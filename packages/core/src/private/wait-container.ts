import { ClusterProfile } from '../cluster-profile';
import { Image } from '../image';
import { WaitFor } from '../wait-for';
import { ContainerModel } from './container-model';
import { containerSecurityContext } from './container-security';
import { wholeSeconds } from './duration';
import { pulledImage } from './image-policy';
import { PodIds } from './pod-ids';

/**
 * Asks again every second until the port accepts a connection or the time is over; its arguments are host, port and seconds.
 *
 * It says what it waits for at once, and at the end why it gave up, such as a name that isn't known. Kubernetes leaves `$(…)`
 * alone where no variable has that name. The first process of a container ends by no signal that it doesn't trap.
 */
const SCRIPT = `trap 'exit 1' TERM
echo "waiting for $1:$2, at most $3 s"
end=$(($(date +%s) + $3))
until error=$(nc -z -w 2 "$1" "$2" 2>&1); do
  if [ "$(date +%s)" -ge "$end" ]; then
    echo "gave up after $3 s: $1:$2 accepts no connection. $error"
    exit 1
  fi
  sleep 1
done
echo "$1:$2 accepts connections"
`;

const RESOURCES = {
  requests: { 'cpu': '10m', 'memory': '32Mi', 'ephemeral-storage': '16Mi' },
  limits: { 'cpu': '100m', 'memory': '32Mi', 'ephemeral-storage': '16Mi' },
};
const LONGEST_NAME = 63;

/** The containers that wait, one after the other, each called as none of the pod's others is. */
export function waitContainers(
  waits: readonly WaitFor[], profile: ClusterProfile, ids: PodIds, others: readonly ContainerModel[],
): object[] {
  const names = new Set(others.map(({ props }) => props.name));
  return waits.map(({ _host: host, _port: port, _timeout }) => ({
    name: freeName(host, port, names),
    image: pulledImage(Image.parse(profile.waitImage), profile).reference,
    imagePullPolicy: 'Always',
    command: ['sh', '-c', SCRIPT],
    args: ['wait', host, String(port), String(wholeSeconds(_timeout))],
    resources: RESOURCES,
    securityContext: containerSecurityContext(ids, true),
    // What it printed is then the reason that `kubectl describe pod` shows.
    terminationMessagePolicy: 'FallbackToLogsOnError',
  }));
}

/** `wait-for-orders-5432`: a Service by its own name, anything else by its whole one. */
function freeName(host: string, port: number, names: Set<string>): string {
  const [service = ''] = /^[^.]+(?=\.[^.]+\.svc(?:\.|$))/.exec(host) ?? [host];
  const clean = service.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
  for (let number = 1; ; number += 1) {
    const end = `-${port}${number === 1 ? '' : `-${number}`}`;
    const name = `wait-for-${clean}`.slice(0, LONGEST_NAME - end.length).replace(/-$/, '') + end;
    if (!names.has(name)) {
      names.add(name);
      return name;
    }
  }
}
