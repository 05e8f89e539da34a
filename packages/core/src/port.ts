import { Fault } from './faults';
import { oneOfFaults } from './private/one-of';
import { quoted } from './private/quoted';
import { Protocol } from './protocol';

const HIGHEST = 65535;
const LONGEST_NAME = 15;

/**
 * A port, or a range of ports, that connections are made to.
 *
 * ```ts
 * Port.tcp(8080);
 * Port.udp(53);
 * Port.range(Protocol.UDP, 30000, 30010);
 * ```
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 */
export class Port {
  /**
   * One TCP port.
   *
   * @param number from 1 to 65535.
   */
  public static tcp(number: number): Port {
    return Port.range(Protocol.TCP, number, number);
  }

  /**
   * One UDP port.
   *
   * @param number from 1 to 65535.
   */
  public static udp(number: number): Port {
    return Port.range(Protocol.UDP, number, number);
  }

  /**
   * One SCTP port.
   *
   * @param number from 1 to 65535.
   */
  public static sctp(number: number): Port {
    return Port.range(Protocol.SCTP, number, number);
  }

  /**
   * All ports from one to another; one port where both are the same.
   *
   * @param protocol their protocol.
   * @param from the lowest port, from 1 on.
   * @param to the highest port, up to 65535.
   */
  public static range(protocol: Protocol, from: number, to: number): Port {
    const unknown = oneOfFaults('Protocol', Protocol, protocol, 'protocol');
    if (Object.is(from, to)) {
      return new Port(protocol, from, [...unknown, ...Port.faultsOfNumber(from)]);
    }
    const faults = [...unknown, ...Port.faultsOfNumber(from), ...Port.faultsOfNumber(to)];
    if (faults.length === 0 && from > to) {
      const got = `${from}-${to}`;
      faults.push({ code: 'KEELSON1091', got, allowed: 'a range from a lower to a higher port', fix: `write ${to} first` });
    }
    return new Port(protocol, from, faults, to);
  }

  /**
   * What is wrong with a port's number.
   *
   * @param number the number: an integer from 1 to 65535.
   */
  public static faultsOfNumber(number: number): Fault[] {
    return Number.isInteger(number) && number >= 1 && number <= HIGHEST ? [] : [{
      code: 'KEELSON1090', got: quoted(number), allowed: `an integer from 1 to ${HIGHEST}`, fix: 'give the port that is listened on',
    }];
  }

  /**
   * What is wrong with a port's name, as containers have it and Services and probes refer to it.
   *
   * @param name the name: at most 15 lower-case letters, digits and `-`, with at least one letter.
   * @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1
   */
  public static nameFaultsOf(name: string): Fault[] {
    const faults: Fault[] = [];
    const clean = nameFrom(name);
    const fix = clean === '' ? "name it like 'http'" : `try ${quoted(clean)}`;
    const add = (code: string, allowed: string) => faults.push({ code, got: quoted(name), allowed, fix });
    if (!/^[-a-z0-9]+$/.test(name)) {
      add('KEELSON1092', "lower-case letters, digits and '-'");
    } else if (/^-|--|-$/.test(name)) {
      add('KEELSON1095', "a name with single '-', none of them at an end");
    } else if (!/[a-z]/.test(name)) {
      add('KEELSON1094', 'a name with at least one letter');
    }
    if (name.length > LONGEST_NAME) {
      add('KEELSON1093', `at most ${LONGEST_NAME} characters long`);
    }
    return faults;
  }

  /** Port and protocol as one text, the same for equal ports: `8080/TCP`, `30000-30010/UDP`. */
  public readonly text: string;

  private constructor(
    /** The protocol. */
    public readonly protocol: Protocol,
    /** The port; of a range, the lowest. */
    public readonly number: number,
    /** What is wrong with it; the construct that receives it reports it. */
    public readonly faults: Fault[],
    /**
     * The highest port of a range.
     *
     * @default - it is one port, not a range.
     */
    public readonly endPort?: number,
  ) {
    this.text = `${endPort === undefined ? number : `${number}-${endPort}`}/${protocol}`;
  }
}

/** The nearest name that is taken; empty where there is none. */
function nameFrom(text: string): string {
  const clean = text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, LONGEST_NAME).replace(/-$/, '');
  return /[a-z]/.test(clean) ? clean : '';
}
