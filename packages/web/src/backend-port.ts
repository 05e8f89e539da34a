import { Fault, Port } from '@keelson/core';
import { shown } from './private/made';

/** A port of a Service, as what requests are led to. */
export class BackendPort {
  /**
   * A port by its number.
   *
   * @param number from 1 to 65535: the Service's, not the container's.
   */
  public static numbered(number: number): BackendPort {
    return new BackendPort(Port.faultsOfNumber(number), number);
  }

  /**
   * A port by its name: an Ingress and an IngressRoute say the name, a route of the Gateway API the number that it has at synth.
   *
   * @param name such as `admin`.
   */
  public static named(name: string): BackendPort {
    return new BackendPort(nameFaults(name), undefined, name);
  }

  private constructor(
    /** What is wrong with it; the app that is exposed reports them. */
    public readonly faults: Fault[],
    /** Its number, if that was said. */
    public readonly number?: number,
    /** Its name, if that was said. */
    public readonly name?: string,
  ) {}
}

const NAME = /^(?=.{1,63}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function nameFaults(name: string): Fault[] {
  return typeof name === 'string' && NAME.test(name) ? [] : [{
    code: 'KEELSON2300', got: shown(name), allowed: "at most 63 lower-case letters, digits and '-'", fix: "give the name that the Service's port has",
  }];
}
