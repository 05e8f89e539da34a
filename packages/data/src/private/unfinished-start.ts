import { DATA } from './engine';

/**
 * Shell: ends where there is data, and the first start that made it didn't come to its end: the images would serve it as it is. A container
 * that is started anew in the same pod finds no init container before it, so that each looks for itself.
 *
 * @param hasData a command that tells whether there is data.
 */
export function unfinishedStart(hasData: string): string {
  return `if ${hasData} && [ ! -e ${DATA}/initialised ]; then
  echo 'the first start did not end well, see its log: empty the volume to start anew; if the data comes from elsewhere, make the file ${DATA}/initialised' >&2
  exit 1
fi`;
}
