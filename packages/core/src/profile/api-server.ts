import { Fault } from '../faults';
import { frozen, isPort } from '../private/profile-checks';
import { cidrTexts, sourceFaults } from '../private/profile-networks';
import { quoted } from '../private/quoted';

/**
 * Where the API server answers, as a network policy has to say it: it is no pod, so an address is all there is.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
export class ApiServer {
  /**
   * The API server's own addresses: what `kubectl get endpointslices -l kubernetes.io/service-name=kubernetes` shows.
   * Where the network plugin matches Service addresses, the Service's too.
   *
   * @param cidrs such as `10.0.0.10/32`.
   * @param port the port at these addresses.
   */
  public static at(cidrs: string[], port: number = 6443): ApiServer {
    const fix = "give the port that the EndpointSlice of Service 'kubernetes' shows";
    return new ApiServer(cidrs, [port], [
      ...isPort(port) ? [] : [{ code: 'KEELSON1169', member: 'port', got: quoted(port), allowed: 'an integer from 1 to 65535', fix }],
      ...cidrs.length > 0 ? [] : [{
        code: 'KEELSON1170', member: 'cidrs', got: 'none', allowed: 'at least one CIDR', fix: "name its addresses, or leave 'apiServer' out",
      }],
      ...sourceFaults('cidrs', cidrs),
    ]);
  }

  /** Any address, on ports 443 and 6443: right on every cluster, and wide. */
  public static anywhere(): ApiServer {
    return new ApiServer(['0.0.0.0/0', '::/0'], [443, 6443], []);
  }

  /** @internal */
  public static _within(cidrs: string[]): ApiServer {
    return new ApiServer(cidrs, [443, 6443], []);
  }

  /** The addresses that a pod's packets to the API server may go to. */
  public readonly cidrs: string[];

  /** The ports that a pod's packets to the API server may go to. */
  public readonly ports: number[];

  /** What is wrong with it; the profile that receives it reports them. */
  public readonly faults: Fault[];

  private constructor(cidrs: string[], ports: number[], faults: Fault[]) {
    this.cidrs = cidrTexts(cidrs);
    this.ports = frozen(ports);
    this.faults = faults;
  }
}
