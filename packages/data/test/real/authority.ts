import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rendered } from '../rendered';

/** What is in a Secret that cert-manager makes. */
export interface Issued extends Record<string, string> {
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
  readonly 'ca.crt': string;
}

/** Issues certificates, as cert-manager does with a CA issuer. */
export class Authority {
  private readonly directory = mkdtempSync(join(tmpdir(), 'authority-'));

  public constructor() {
    this.openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=internal-ca', '-days', '2');
  }

  public get certificate(): string {
    return this.read('ca.crt');
  }

  /** What the spec of a Certificate asks for; each time with another key and serial number. */
  public issue({ dnsNames = [], ipAddresses = [] }: Rendered): Issued {
    const names = [...(dnsNames as string[]).map(name => `DNS:${name}`), ...(ipAddresses as string[]).map(address => `IP:${address}`)];
    writeFileSync(join(this.directory, 'extensions'), `subjectAltName=critical,${names.join(',')}\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature,keyEncipherment\n`);
    this.openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/');
    this.openssl('x509', '-req', '-in', 'tls.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tls.crt', '-days', '1', '-extfile', 'extensions');
    return { 'tls.crt': this.read('tls.crt'), 'tls.key': this.read('tls.key'), 'ca.crt': this.certificate };
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'pipe' });
  }
}

/** The serial number of a certificate. */
export function serialOf(certificate: string): string {
  return execFileSync('openssl', ['x509', '-noout', '-serial'], { input: certificate, encoding: 'utf8' }).trim();
}

/** The serial number of the certificate that a server shows; `protocol` is how TLS begins there, such as `postgres`. */
export function servedSerial(port: number, protocol?: string, version = '-tls1_2'): string {
  const start = protocol === undefined ? [] : ['-starttls', protocol];
  return serialOf(execFileSync('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, version, ...start], { input: '', encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }));
}
