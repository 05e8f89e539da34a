import { IConnectable, Task, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Description } from './description';
import { SETUP_DIRECTORY, SetupParts } from './engine';
import { link } from './internal-link';
import { mountPassword } from './mounts';
import { mountAuthority } from './server-tls';

/**
 * The Job that makes users and databases. Another description is another Job; the same one, run again, changes nothing, and does run again
 * where it is applied an hour after it was done.
 *
 * @param servers who it signs in to.
 */
export function defineSetup(database: Construct, servers: IConnectable, description: Description, parts: SetupParts): Task {
  const { name, image, engine, passwords, tls } = description;
  const { command, files, secrets = Object.assign({}, ...[...passwords.keys()].map(role => mountPassword(description, role))) } = parts;
  const task = new Task(database, 'Setup', {
    name: `${name}-setup`, image, command,
    // as long as servers, or the operator, may need
    backoffLimit: 20,
    // applied again later, it runs again: who goes back to an earlier description means that, and Secrets change by themselves
    ttlAfterFinished: Duration.hours(1),
    volumes: { [SETUP_DIRECTORY]: Volume.inline(files), ...mountAuthority(tls), ...secrets },
    writablePaths: { '/tmp': Size.mebibytes(16) },
  });
  link(task, servers, engine.port);
  return task;
}
