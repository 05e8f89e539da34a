import { Port } from '../port';

/** Ports as they are rendered: by number, once each, and none that a range of the same protocol holds already. */
export function portSet(ports: readonly Port[]): Port[] {
  if (ports.length < 2) {
    return [...ports];
  }
  const byText = new Map<string, Port>();
  for (const port of ports) {
    byText.set(port.text, port);
  }
  const distinct = [...byText.values()];
  return distinct
    .filter(port => !distinct.some(other => other !== port && holds(other, port)))
    .sort((a, b) => {
      const byNumber = a.number === b.number ? last(a) - last(b) : a.number - b.number;
      return byNumber === 0 ? (a.protocol < b.protocol ? -1 : 1) : byNumber;
    });
}

/** What is left of ports without others: of a range that has some of them, the ranges around. */
export function withoutPorts(ports: readonly Port[], others: readonly Port[]): Port[] {
  return portSet(others.reduce<readonly Port[]>((left, other) => left.flatMap(port => around(port, other)), ports));
}

/** Whether some port is in both. */
export function overlapping(some: readonly Port[], others: readonly Port[]): boolean {
  return some.some(port => others.some(other => meet(port, other)));
}

function meet(port: Port, other: Port): boolean {
  return port.protocol === other.protocol && last(other) >= port.number && last(port) >= other.number;
}

function around(port: Port, other: Port): Port[] {
  if (!meet(port, other)) {
    return [port];
  }
  return [
    ...other.number > port.number ? [Port.range(port.protocol, port.number, other.number - 1)] : [],
    ...last(other) < last(port) ? [Port.range(port.protocol, last(other) + 1, last(port))] : [],
  ];
}

/** Whether all ports of one are ports of the other. */
export function holds(outer: Port, inner: Port): boolean {
  return outer.protocol === inner.protocol && outer.number <= inner.number && last(outer) >= last(inner);
}

function last({ number, endPort }: Port): number {
  return endPort ?? number;
}
