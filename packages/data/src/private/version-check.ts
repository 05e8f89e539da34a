import { ContainerProps, Volume } from '@keelson/core';
import { DATA, Engine } from './engine';
import { unfinishedStart } from './unfinished-start';

/** A container that lets no server near the data of another version: it might change it, or start an empty one beside it. */
export function versionCheck(engine: Engine, image: string, data: Volume): ContainerProps {
  const { title, dataVersion, imageVersion, versionRule = otherVersion(title) } = engine;
  return {
    name: 'check-version', image,
    command: ['sh', '-c', `set -eu
DATA=${DATA}
found=$(${dataVersion})
wanted=$(${imageVersion})
${versionRule}
${unfinishedStart('[ -n "$found" ]')}`],
    volumes: { [DATA]: data.readOnly() },
  };
}

/** Data of another version is for a tool that dumps and restores it. */
function otherVersion(title: string): string {
  return `if [ -n "$found" ] && [ "$found" != "$wanted" ]; then
  echo "the data is of ${title} $found, the image is $wanted: dump the data with $found and restore it into a database of its own, or go back to an image of $found" >&2
  exit 1
fi`;
}
