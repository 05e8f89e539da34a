import { Fault } from '../../faults';

const PLAIN = /^[A-Za-z_$][\w$-]*$/;

/** Where in a file a value is, and what was found wrong in it. */
export class Place {
  public constructor(private readonly faults: Fault[], private readonly path?: string) {}

  /** A member of a map, or an item of a list. */
  public at(key: string | number): Place {
    const before = this.path ?? '';
    if (typeof key === 'number' || !PLAIN.test(key)) {
      return new Place(this.faults, `${before}[${typeof key === 'number' ? key : JSON.stringify(key)}]`);
    }
    return new Place(this.faults, before === '' ? key : `${before}.${key}`);
  }

  public report(fault: Fault): void {
    this.faults.push({ ...fault, member: this.path });
  }
}
