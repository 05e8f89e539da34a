import { ContainerProps, EnvValue, Health, Probe, Volume } from '@keelson/core';
import { Duration, Size } from 'cdk8s';
import { MongoDbProps } from '../../mongo-db-props';
import { certificateReload } from '../certificate-reload';
import { Description } from '../description';
import { DATA, passwordFile, ServerParts } from '../engine';
import { mountPassword } from '../mounts';
import { AUTHORITY_FILE, CERTIFICATE_FILE, KEY_FILE, mountAuthority, mountCertificate } from '../server-tls';
import { startupAttempts } from '../startup';
import { unfinishedStart } from '../unfinished-start';
import { CONFIG, DIRECTORY, PEM_DIRECTORY, PEM_FILE } from './mongodb-engine';
import { configuration } from './mongodb-settings';

const INIT = '/docker-entrypoint-initdb.d';
/** Behind all scripts of users: it is there only if all of them have run to their end. */
const LAST = 'zz-initialised.sh';

/** What the server is made of. */
export function serverParts(description: Description, props: MongoDbProps): ServerParts {
  const { startupTimeout, settings = {}, initScripts } = props;
  const { tls } = description;
  const pem = Volume.emptyDir({ sizeLimit: Size.mebibytes(1), memory: true });
  return {
    command: ['bash', '-c', `${unfinishedStart(`[ -e ${DIRECTORY}/WiredTiger ]`)}
exec docker-entrypoint.sh mongod --config ${CONFIG}/mongod.conf`],
    env: {
      // where mongosh, by which the image reads the configuration, keeps its log
      HOME: EnvValue.fromValue('/tmp'),
      MONGO_INITDB_DATABASE: EnvValue.fromValue(description.database),
      MONGO_INITDB_ROOT_USERNAME: EnvValue.fromValue(description.engine.rootUser),
      MONGO_INITDB_ROOT_PASSWORD_FILE: EnvValue.fromValue(passwordFile('root')),
    },
    writablePaths: { '/tmp': Size.mebibytes(64) },
    volumes: {
      [DATA]: description.data,
      [CONFIG]: Volume.inline({ 'mongod.conf': configuration(description.memory, tls, settings) }),
      [INIT]: Volume.inline({ ...initScripts, [LAST]: `echo "$MONGO_MAJOR" > ${DATA}/initialised\n` }),
      ...mountPassword(description, 'root'),
      ...mountAuthority(tls),
      ...tls === undefined ? {} : { [PEM_DIRECTORY]: pem.readOnly() },
    },
    initContainers: [preparing(description, pem)],
    sidecars: tls === undefined ? [] : [certificateReload(description, {
      command: reload(description), volumes: { [PEM_DIRECTORY]: pem, ...mountPassword(description, 'root') }, memory: Size.mebibytes(256),
    })],
    health: Health.probes({
      // the server that runs init scripts listens to the container alone, and the real one only when it has read its journal
      startup: Probe.tcp({ period: Duration.seconds(10), timeout: Duration.seconds(5), failureThreshold: startupAttempts(startupTimeout) }),
      readiness: Probe.exec(['bash', '-c', tls?.isRequired === true ? VERIFIED_PING : PING], {
        period: Duration.seconds(tls?.isRequired === true ? 30 : 15), timeout: Duration.seconds(15),
      }),
      // who is only slow to answer isn't faster after a restart, with nothing in its cache
      liveness: Probe.tcp({ period: Duration.seconds(20), timeout: Duration.seconds(5) }),
    }),
  };
}

/** The data is of this version from the first answer on: a server that doesn't start has changed nothing. */
const NOTED = `[ ! -e ${DATA}/initialised.next ] || mv ${DATA}/initialised.next ${DATA}/initialised`;

/**
 * Asks for a `ping`, which needs no user, in the server's own protocol: mongosh, which is a Node.js, takes a second of CPU and some 100 MiB
 * each time. It is asked where the server answers in another way.
 *
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg
 */
const PING = `noted() { ${NOTED}; }
exec 3<>/dev/tcp/127.0.0.1/27017 || exit 1
# 51 bytes, request 1, OP_MSG: { ping: 1, $db: 'admin' }
printf '\\x33\\0\\0\\0\\x01\\0\\0\\0\\0\\0\\0\\0\\xdd\\x07\\0\\0\\0\\0\\0\\0\\0\\x1e\\0\\0\\0\\x10ping\\0\\x01\\0\\0\\0\\x02$db\\0\\x06\\0\\0\\0admin\\0\\0' >&3
case $(timeout 5 head -c 37 <&3 | od -An -v -tx1 | tr -d ' \\n') in
  # { ok: 1.0
  *6f6b00000000000000f03f) noted; exit 0 ;;
esac
timeout 9 mongosh --quiet --norc --eval 'quit(db.adminCommand("ping").ok === 1 ? 0 : 1)' && noted`;

/** The same for a server that speaks with nobody without TLS: bash can't. A certificate that is brought may not be for the loopback. */
const VERIFIED_PING = `timeout 14 mongosh --quiet --norc --tls --tlsCAFile ${AUTHORITY_FILE} --tlsAllowInvalidHostnames --eval 'quit(db.adminCommand("ping").ok === 1 ? 0 : 1)' && { ${NOTED}; }`;

/** Shell: joins certificate and key. */
const JOIN = `(umask 077; cat ${KEY_FILE} ${CERTIFICATE_FILE} > ${PEM_FILE}.new) && mv ${PEM_FILE}.new ${PEM_FILE}`;

/** Shell: has the server read its certificate again. The one that it shows may be too old to be verified, and nobody else answers here. */
function reload({ engine: { rootUser, port } }: Description): string {
  return `${JOIN} && HOME=/tmp mongosh --nodb --quiet --norc --eval '
const password = require("fs").readFileSync("${passwordFile('root')}", "utf8").replace(/\\n+$/, "");
const server = "127.0.0.1:${port}/admin?authSource=admin&directConnection=true&serverSelectionTimeoutMS=5000&tls=true&tlsAllowInvalidCertificates=true";
const admin = connect("mongodb://${rootUser}:" + encodeURIComponent(password) + "@" + server);
quit(admin.adminCommand({ rotateCertificates: 1 }).ok === 1 ? 0 : 1);'`;
}

/** Makes the directory that the server doesn't make, and has it noted which version has had the data, as soon as that one answers. */
function preparing({ image, data, tls }: Description, pem: Volume): ContainerProps {
  return {
    name: 'prepare', image,
    command: ['sh', '-c', `set -eu
${tls === undefined ? '' : `${JOIN}\n`}mkdir -p ${DIRECTORY}
rm -f ${DATA}/initialised.next
if [ -e ${DATA}/initialised ] && [ "$(cat ${DATA}/initialised)" != "$MONGO_MAJOR" ]; then
  echo "$MONGO_MAJOR" > ${DATA}/initialised.next
fi`],
    volumes: { [DATA]: data, ...tls === undefined ? {} : { [PEM_DIRECTORY]: pem, ...mountCertificate(tls) } },
  };
}
