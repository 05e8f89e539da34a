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

/** Whether all ports of one are ports of the other. */
export function holds(outer: Port, inner: Port): boolean {
  return outer.protocol === inner.protocol && outer.number <= inner.number && last(outer) >= last(inner);
}

function last({ number, endPort }: Port): number {
  return endPort ?? number;
}
