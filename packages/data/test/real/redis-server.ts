import { Socket } from 'node:net';
import { Sandbox, type Place } from './sandbox';

/** What a rendered pod of Redis needs of its container. */
export class RedisSandbox extends Sandbox {
  public static async make(): Promise<RedisSandbox> {
    return new RedisSandbox(await this.place('redis'));
  }

  private constructor(place: Place) {
    super(place);
    Sandbox.located('redis-server');
    this.make('/var/lib/data', '/run/redis-users', '/run/redis-metrics', '/etc/redis');
  }

  public here(text: string): string {
    return text
      .replace(/(?<![\w.])\/(var\/lib\/data|run\/secrets|run\/redis-users|run\/redis-metrics|etc\/redis)/g, `${this.directory}/$1`)
      .replaceAll('-h 127.0.0.1', `-h 127.0.0.1 -p ${this.port}`)
      .replace(/^port 6379$/m, `port ${this.port}`);
  }

  /** Starts the server as the pod does, without waiting. */
  public launch(command: readonly string[]): void {
    this.spawn(command);
  }

  /** Whatever it does: it may run a script without an end. */
  public override async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await super.remove();
  }

  /** A client's session, in the server's own protocol: what each command got. */
  public ask(...commands: string[][]): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const socket = new Socket();
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('error', reject).on('end', () => resolve(answers(text)));
      socket.connect(this.port, '127.0.0.1', () => socket.write([...commands, ['QUIT']].map(encoded).join('')));
    });
  }
}

function encoded(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

/** Plain answers, without the last one, which is to QUIT. */
function answers(text: string): string[] {
  const found: string[] = [];
  const lines = text.split('\r\n');
  const next = (): string => {
    const line = lines.shift() ?? '';
    if (line.startsWith('$')) return line === '$-1' ? '(nil)' : lines.splice(0, lines.findIndex((_, at) => lines.slice(0, at + 1).join('\r\n').length >= Number(line.slice(1))) + 1).join('\r\n');
    if (line.startsWith('*')) return Array.from({ length: Math.max(0, Number(line.slice(1))) }, next).join(' ');
    return line;
  };
  while (lines.length > 1) found.push(next());
  return found.slice(0, -1);
}
