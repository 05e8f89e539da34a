import { IConstruct } from 'constructs';

/** Services below whose name single pods are spoken of. */
const speaking = new WeakSet<IConstruct>();

export function speakOfPods(service: IConstruct): void {
  speaking.add(service);
}

export function speaksOfPods(service: IConstruct): boolean {
  return speaking.has(service);
}
