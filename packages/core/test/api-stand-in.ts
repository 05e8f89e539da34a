import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
export const TOKEN = `eyJhbGciOiJSUzI1NiJ9.${'Zm9v'.repeat(200)}.c2ln-_x`;

/** A Secret as it was sent. */
export interface Sent {
  readonly metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  readonly stringData: Record<string, string>;
  readonly type?: string;
  readonly immutable?: boolean;
}

/** How the API server answers, by the number of the request; `hang` never does, `there` is as it does. */
export type Answer = number | 'conflict' | 'hang' | 'there';

/** Plays an API server that makes Secrets and has no other right to give, by plain HTTP. */
export class ApiStandIn {
  public readonly secrets = new Map<string, Sent>();
  public readonly requests: { method: string; url: string; authorization: string | undefined; body: string }[] = [];
  public answers: Answer[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private port = 0;

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    this.port = (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }

  /** Runs the script as the Job does, but for where it finds token and server: `sleep` takes no time. */
  public async run(
    script: string, options: { shell?: string[]; host?: string; port?: number; env?: Record<string, string>; tries?: number } = {},
  ) {
    const home = mkdtempSync(join(tmpdir(), 'secret-generator-'));
    try {
      const [account, bin, log] = [join(home, 'account'), join(home, 'bin'), join(home, 'processes')];
      [account, bin].forEach(path => mkdirSync(path));
      writeFileSync(join(account, 'token'), TOKEN);
      writeFileSync(join(account, 'namespace'), 'shop');
      writeFileSync(join(account, 'ca.crt'), '');
      for (const program of ['curl', 'tr', 'head', 'sleep']) {
        const path = join(bin, program);
        const real = program === 'sleep' ? ':' : `PATH=$REAL_PATH exec ${program} "$@"`;
        writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "${program} $*" >>'${log}'\nenv >>'${log}'\n${real}\n`);
        chmodSync(path, 0o755);
      }
      writeFileSync(log, '');
      const file = join(home, 'generate.sh');
      const changed = script.replaceAll(ACCOUNT, account).replace('url="https:', 'url="http:').replace('--max-time 15', '--max-time 1');
      writeFileSync(file, changed);
      const env = {
        PATH: `${bin}:${process.env.PATH}`, REAL_PATH: process.env.PATH, KUBERNETES_SERVICE_HOST: options.host ?? '127.0.0.1',
        KUBERNETES_SERVICE_PORT: String(options.port ?? this.port), http_proxy: 'http://127.0.0.1:1', ...options.env,
      };
      const [shell = 'sh', ...shellArgs] = options.shell ?? ['/bin/sh'];
      const result = await ended(shell, [...shellArgs, file, String(options.tries ?? 3), '1'], env);
      return { ...result, processes: readFileSync(log, 'utf8') };
    } finally {
      rmSync(home, { recursive: true });
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += String(chunk);
    }
    this.requests.push({ method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization, body });
    const answer = this.answers.shift() ?? 'there';
    if (answer === 'hang') {
      return;
    }
    const status = (code: number, reason: string) => {
      // Pretty-printed, with what was sent in it, as some API servers' messages have had.
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', reason, message: `no: ${body}`, code }, undefined, 2));
    };
    if (answer === 'conflict') {
      status(409, 'Conflict');
    } else if (typeof answer === 'number') {
      status(answer, 'Other');
    } else {
      const sent = JSON.parse(body) as Sent;
      const { name } = sent.metadata;
      if (this.secrets.has(name)) {
        status(409, 'AlreadyExists');
      } else {
        this.secrets.set(name, sent);
        response.writeHead(201, { 'content-type': 'application/json' }).end(body);
      }
    }
  }
}

async function ended(command: string, args: string[], env: Record<string, string | undefined>) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, lines] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; lines += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { lines += text; });
  const code = await new Promise<number | null>((resolve, reject) => { child.on('error', reject).on('close', resolve); });
  return { code, out, log: lines, last: lines.trimEnd().split('\n').at(-1) ?? '' };
}
