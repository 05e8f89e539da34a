import { DatabasePrivilege, DatabaseUser } from '../../database-user';
import { Description, METRICS_USER } from '../description';
import { passwordFile, SetupParts } from '../engine';
import { rootRefused } from '../root-refused';
import { AUTHORITY_FILE } from '../server-tls';

/** What a privilege is called: reading, changing what there is, and all but rights themselves. */
const ROLES: { readonly [privilege in DatabasePrivilege]: readonly string[] } = {
  [DatabasePrivilege.READ]: ['read'],
  [DatabasePrivilege.WRITE]: ['readWrite'],
  [DatabasePrivilege.OWN]: ['readWrite', 'dbAdmin'],
};

interface Role {
  readonly role: string;
  readonly db: string;
}

/** The Job that makes users, and gives them the passwords and rights that are said: as often as it runs. */
export function setupParts(description: Description, users: readonly DatabaseUser[], host: string): SetupParts {
  return {
    command: ['env', 'HOME=/tmp', 'mongosh', '--nodb', '--quiet', '--norc', '--file', '/etc/database-setup/setup.js'],
    files: { 'setup.js': script(description, users, host) },
  };
}

function script(description: Description, users: readonly DatabaseUser[], host: string): string {
  const { database, databases, user, passwords, engine, tls } = description;
  const { alone, neither } = rootRefused(description);
  const verified = tls === undefined ? '' : `&tls=true&tlsCAFile=${AUTHORITY_FILE}`;
  const wanted = [
    { user, of: 'app', roles: [database, ...databases].flatMap(each => rolesIn(each, DatabasePrivilege.OWN)) },
    ...users.map(({ name, privileges = {} }) => ({
      user: name, of: `user-${name}`, roles: Object.entries(privileges).flatMap(([each, privilege]) => rolesIn(each, privilege)),
    })),
    ...passwords.has('metrics') ? [{ user: METRICS_USER, of: 'metrics', roles: [{ role: 'clusterMonitor', db: 'admin' }, { role: 'read', db: 'local' }] }] : [],
  ];
  return `const { existsSync, readFileSync } = require('fs');

const wanted = [
${wanted.map(each => `  ${JSON.stringify(each)},\n`).join('')}];

// As the image reads them: line breaks at the end don't count.
function passwordOf(role) {
  return readFileSync('${passwordFile("' + role + '")}', 'utf8').replace(/\\n+$/, '');
}

// The database of users; none where the server knows another password.
function signIn(role) {
  for (;;) {
    try {
      const admin = connect('mongodb://${engine.rootUser}:' + encodeURIComponent(passwordOf(role)) + '@${host}:${engine.port}/admin?authSource=admin&directConnection=true&serverSelectionTimeoutMS=5000${verified}');
      admin.runCommand({ ping: 1 });
      return admin;
    } catch (error) {
      if (error.code === 18) {
        return null;
      }
      print('waiting for the server: ' + error.name);
      sleep(5000);
    }
  }
}

let admin = signIn('root');
${passwords.has('previous-root') ? `if (admin === null) {
  if (!existsSync('${passwordFile('previous-root')}')) {
    throw new Error("${alone}");
  }
  const previous = signIn('previous-root');
  if (previous === null) {
    throw new Error("${neither}");
  }
  previous.updateUser('${engine.rootUser}', { pwd: passwordOf('root') });
  print('the password of ${engine.rootUser} is the new one');
  admin = signIn('root');
}
` : ''}if (admin === null) {
  throw new Error("${alone}");
}
for (const { user, of, roles } of wanted) {
  if (admin.getUser(user) === null) {
    admin.createUser({ user, pwd: passwordOf(of), roles });
  } else {
    admin.updateUser(user, { pwd: passwordOf(of), roles });
  }
}
print('users and databases are as described');
`;
}

function rolesIn(db: string, privilege: DatabasePrivilege): Role[] {
  return (ROLES[privilege] ?? []).map(role => ({ role, db }));
}
