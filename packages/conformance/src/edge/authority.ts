import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { output } from '../command.js';

/** A certificate and its key, as PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Signs the certificates of one run, in place of cert-manager's issuers. */
export class Authority {
  /** Makes one that keeps its files in a folder. */
  public static async create(folder: string): Promise<Authority> {
    mkdirSync(folder, { recursive: true });
    await output('openssl', [...request(join(folder, 'ca'), 'Keelson conformance'), '-addext', 'basicConstraints=critical,CA:TRUE']);
    return new Authority(folder, readFileSync(join(folder, 'ca.pem'), 'utf8'));
  }

  private made = 0;

  private constructor(
    private readonly folder: string,
    /** Its own certificate, which clients trust. */
    public readonly certificate: string,
  ) {}

  /** A certificate for hosts, exact and wildcard. */
  public async issue(name: string, hosts: readonly string[]): Promise<KeyPair> {
    this.made += 1;
    const path = join(this.folder, String(this.made));
    const ca = join(this.folder, 'ca');
    const names = hosts.map((host) => `DNS:${host}`).join(',');
    await output('openssl', [
      ...request(path, name), '-CA', `${ca}.pem`, '-CAkey', `${ca}.key`,
      '-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth',
    ]);
    return { certificate: readFileSync(`${path}.pem`, 'utf8'), key: readFileSync(`${path}.key`, 'utf8') };
  }
}

function request(path: string, name: string): string[] {
  return [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-sha256',
    '-keyout', `${path}.key`, '-out', `${path}.pem`, '-subj', `/CN=${name.slice(0, 64)}`,
  ];
}
