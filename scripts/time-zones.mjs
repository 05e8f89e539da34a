// Writes packages/core/src/private/time-zone-names.ts: the time zones that a CronJob may name.
//
// API servers and controllers look a name up with Go's time.LoadLocation, letter by letter, in the copy of the time zone database that
// every Kubernetes release has compiled in (`import _ "time/tzdata"`). ICU, and with it Intl, takes other spellings too. So the names
// come from Go: from lib/time/zoneinfo.zip of the Go installation, whose release of the database lib/time/update.bash states.
// Once a year is enough, with `node scripts/time-zones.mjs`: names come seldom, and none goes away.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TARGET = 'packages/core/src/private/time-zone-names.ts';

/** Names younger than the oldest supported Kubernetes, 1.27, with the release of the database that brought them. */
const TOO_NEW = new Map([['America/Coyhaique', '2025b']]);

/** What API servers ask of each part of a name before they look it up: validateTimeZone in pkg/apis/batch/validation. */
const PART = /^(?!-)[A-Za-z.\-_0-9+]{1,14}$/;

const folder = join(execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(), 'lib/time');
const release = /^DATA=(\S+)$/m.exec(readFileSync(join(folder, 'update.bash'), 'utf8'))[1];
const names = namesIn(readFileSync(join(folder, 'zoneinfo.zip')))
  .filter(name => !name.endsWith('/') && name.split('/').every(part => PART.test(part)) && name !== 'Factory' && !TOO_NEW.has(name)).sort();

/** The names in a zip archive's central directory. */
function namesIn(zip) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const found = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset));
    found.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return found;
}

const lines = [];
for (const name of names) {
  const line = lines.at(-1);
  if (line === undefined || line.length + name.length + 1 > 130) lines.push(name);
  else lines[lines.length - 1] = `${line} ${name}`;
}
writeFileSync(TARGET, `// Written by scripts/time-zones.mjs from release ${release} of the time zone database (https://www.iana.org/time-zones).
// Left out, because Kubernetes 1.27 doesn't know them: ${[...TOO_NEW].map(([name, since]) => `${name} (${since})`).join(', ')}.

/** Every time zone that a CronJob may name, in the only spelling that API servers take. */
export const TIME_ZONE_NAMES = \`
${lines.join('\n')}
\`;
`);
console.log(`${TARGET}: ${names.length} time zones of release ${release}`);
