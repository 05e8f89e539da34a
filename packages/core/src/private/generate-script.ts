import type { SecretText } from '../secret-text';

/** A Secret to be made, as it is said at synth. */
export interface GeneratedContent {
  readonly name: string;
  readonly metadata: () => object;
  readonly type: string | undefined;
  readonly immutable: boolean | undefined;
  readonly texts: ReadonlyMap<string, SecretText>;
}

/**
 * What the Job runs, by `sh` of busybox and dash alike, with nowhere to write to. All of it is in the manifest, and nothing of it is
 * secret: that comes from /dev/urandom when it runs.
 *
 * The token and the Secret get to curl by its standard input, as lines of its configuration: arguments and files are for others to read.
 * An answer is never printed, since that to a successful request has the Secret in it. A 403 is asked again, as the rights that come with
 * the Job may be known a moment later than its pod.
 */
const BEGIN = `# Makes Secrets that aren't there yet, and changes none that is.
set -uf
account=/var/run/secrets/kubernetes.io/serviceaccount
tries=\${1:-10}
pause=\${2:-3}
trap 'exit 1' TERM

fail() {
  printf '%s\\n' "$1" >&2
  exit 1
}

# Sets 'text' to $1 letters and digits. Other bytes are left out, so that each letter is as likely as any other.
random() {
  text=$(LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c "$1")
  [ "\${#text}" -eq "$1" ] || fail 'no random text: tr, head and /dev/urandom have to be there'
}

# Has the API server make the Secret $1, which is $2: JSON, quoted as curl's configuration has it.
create() {
  try=1
  while :; do
    answer=$(printf '%s\\n' "header = \\"Authorization: Bearer $token\\"" 'header = "Content-Type: application/json"' "data = \\"$2\\"" |
      curl -q --silent --show-error --globoff --noproxy '*' --connect-timeout 5 --max-time 15 --user-agent keelson \\
        --cacert "$account/ca.crt" --write-out '<%{http_code}>' --config - "$url" 2>&1)
    status=\${answer##*<}
    status=\${status%%>*}
    case $status in
      201)
        printf '%s\\n' "made Secret $1"
        return
        ;;
      409)
        case $answer in
          *'"AlreadyExists"'*)
            printf '%s\\n' "Secret $1 is there, and stays as it is"
            return
            ;;
        esac
        why='the API server answered 409'
        ;;
      000)
        case $answer in
          'curl: ('*)
            why=\${answer%%<000>*}
            why=\${why%%"$newline"*}
            ;;
          *) why='curl fails' ;;
        esac
        ;;
      403) why='the API server answered 403: the right to create Secrets isn'"'"'t there, or a quota or an admission policy refuses it' ;;
      429 | 5??) why="the API server answered $status" ;;
      401) fail "Secret $1 can't be made: the API server answered 401, it doesn't take the token of the pod's account" ;;
      [1-9]??) fail "Secret $1 can't be made: the API server answered $status" ;;
      *) fail "Secret $1 can't be made: curl fails" ;;
    esac
    [ "$try" -lt "$tries" ] || fail "Secret $1 can't be made, gave up after $try tries: $why"
    try=$((try + 1))
    sleep "$pause"
  done
}

newline='
'
for program in curl tr head; do
  command -v "$program" >/dev/null || fail "the image has no $program"
done
token='' namespace=''
read -r token <"$account/token" || :
read -r namespace <"$account/namespace" || :
[ -n "$token" ] && [ -n "$namespace" ] || fail "no token in $account"
case \${KUBERNETES_SERVICE_HOST:-} in
  '') fail 'KUBERNETES_SERVICE_HOST has to be set' ;;
  *:*) host="[$KUBERNETES_SERVICE_HOST]" ;;
  *) host=$KUBERNETES_SERVICE_HOST ;;
esac
url="https://$host:\${KUBERNETES_SERVICE_PORT:-443}/api/v1/namespaces/$namespace/secrets?fieldManager=keelson"
`;

/** The whole script: the same for the same Secrets, in whichever order they were asked for. */
export function generateScript(secrets: readonly GeneratedContent[]): string {
  const sorted = [...secrets].sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${BEGIN}\n${sorted.map(lineOf).join('')}echo done\n`;
}

function lineOf({ name, metadata, type, immutable, texts }: GeneratedContent): string {
  const entries = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  const variables = new Map(entries.filter(([, text]) => text._random !== undefined).map(([key], at) => [key, `r${at + 1}`]));
  const valueOf = (text: SecretText, key: string): string => {
    const variable = variables.get(key);
    return variable !== undefined ? `'"$${variable}"'` : text._pieces.map((piece) => {
      const other = 'key' in piece ? texts.get(piece.key) : undefined;
      return 'text' in piece ? inside(piece.text) : other === undefined ? '' : valueOf(other, piece.key);
    }).join('');
  };
  const around = json({ apiVersion: 'v1', kind: 'Secret', metadata: metadata(), type, immutable });
  const data = entries.map(([key, text]) => `${json(key)}:\\"${valueOf(text, key)}\\"`).join(',');
  const randoms = [...variables].map(([key, variable]) => `random ${texts.get(key)?._random}; ${variable}=$text\n`).join('');
  return `${randoms}create ${name} '${around.slice(0, -1)},\\"stringData\\":{${data}}}'\n`;
}

/** JSON between single quotes of a shell, and between double quotes of curl's configuration: nothing in it ends either. */
function json(value: unknown): string {
  const ascii = JSON.stringify(value).replace(/[^\x20-\x7e]|'/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return ascii.replace(/["\\]/g, '\\$&');
}

/** A part of a JSON text. */
function inside(text: string): string {
  return json(text).slice('\\"'.length, -'\\"'.length);
}
