import { ContainerProps, Cpu, Volume } from '@keelson/core';
import { Size } from 'cdk8s';
import { Description } from './description';
import { CERTIFICATE_FILE, KEY_FILE, mountCertificate } from './server-tls';

/** How an engine is told that there is another certificate. */
export interface ReloadParts {
  /** Shell: has the server read its certificate again; ends well if it does. */
  readonly command: string;
  /** What the command needs. */
  readonly volumes: { [path: string]: Volume };
  /**
   * What it takes.
   *
   * @default Size.mebibytes(32)
   */
  readonly memory?: Size;
}

/**
 * The container that has the server take a renewed certificate. The kubelet changes both files at once, and may do so before the server has
 * read them for the first time: it is told once in any case, and in vain until it answers.
 */
export function certificateReload(
  { image, tls }: Description, { command, volumes, memory = Size.mebibytes(32) }: ReloadParts,
): ContainerProps {
  return {
    name: 'reload-certificate', image,
    command: ['bash', '-c', `set -u
trap 'exit 0' TERM INT
reload() {
  ${command.replaceAll('\n', '\n  ')}
}
known= said=
while true; do
  found=$(cat ${CERTIFICATE_FILE} ${KEY_FILE} | sha256sum)
  if [ "$found" != "$known" ]; then
    if answer=$(reload 2>&1); then
      known=$found said=
      echo 'the server shows the certificate that is mounted now'
    elif [ "$answer" != "$said" ]; then
      said=$answer
      echo "it doesn't yet: $answer" >&2
    fi
  fi
  sleep 10 &
  wait $!
done`],
    volumes: { ...mountCertificate(tls), ...volumes },
    resources: { cpuRequest: Cpu.millis(10), memoryRequest: memory },
  };
}
