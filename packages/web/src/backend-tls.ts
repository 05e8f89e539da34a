import { Fault, Faults, HostName, IConfigMap, ISecret, ResourceName } from '@keelson/core';
import { shown } from './private/made';

/**
 * TLS between the gateway and the app, which is verified: the app shows a certificate for a name, by an authority.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
export class BackendTls {
  /**
   * By an authority that everybody knows.
   *
   * @param serverName the name in the app's certificate, such as `shop.example.com`; asked for by SNI too.
   */
  public static publicAuthority(serverName: string): BackendTls {
    return new BackendTls(nameFaults(serverName), serverName);
  }

  /**
   * By an authority of one's own, in a ConfigMap of the app's namespace.
   *
   * @param serverName the name in the app's certificate.
   * @param configMap with key `ca.crt`, such as trust-manager makes.
   */
  public static authorityFromConfigMap(serverName: string, configMap: IConfigMap): BackendTls {
    const faults = referenceFaults('configMap', 'ConfigMap', configMap);
    return new BackendTls([...nameFaults(serverName), ...faults], serverName, faults.length === 0 ? configMap : undefined);
  }

  /**
   * By an authority of one's own, in a Secret of the app's namespace.
   *
   * @param serverName the name in the app's certificate.
   * @param secret with key `ca.crt`, such as cert-manager makes.
   */
  public static authorityFromSecret(serverName: string, secret: ISecret): BackendTls {
    const faults = referenceFaults('secret', 'Secret', secret);
    return new BackendTls([...nameFaults(serverName), ...faults], serverName, undefined, faults.length === 0 ? secret : undefined);
  }

  private constructor(
    /** What is wrong with it; the app that is exposed reports them. */
    public readonly faults: Fault[],
    /** The name in the app's certificate. */
    public readonly serverName: string,
    /** Where the authority's certificate is, if in a ConfigMap. */
    public readonly configMap?: IConfigMap,
    /** Where the authority's certificate is, if in a Secret. */
    public readonly secret?: ISecret,
  ) {}
}

function nameFaults(serverName: string): Fault[] {
  return Faults.within('serverName', HostName.faultsOf(serverName));
}

/** ConfigMap and Secret have the same shape, and pass for each other in TypeScript. */
function referenceFaults(member: string, wanted: 'ConfigMap' | 'Secret', reference: IConfigMap | ISecret): Fault[] {
  const { kind, name } = reference ?? {};
  return kind === wanted ? Faults.within(member, ResourceName.faultsOf(wanted, name)) : [{
    code: 'KEELSON2301', member, got: typeof kind === 'string' ? `the ${kind} ${Faults.quoted(name)}` : shown(reference), allowed: `a ${wanted} with key 'ca.crt'`,
    fix: `use BackendTls.authorityFrom${wanted === 'Secret' ? 'ConfigMap' : 'Secret'}(…) for the other kind`,
  }];
}
