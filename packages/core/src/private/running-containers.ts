import { Resources } from '../resources';
import type { RunningContainer } from '../running-container';
import { ContainerModel } from './container-model';
import { textsAt } from './manifest-fields';
import { bytesOf } from './quantity';

/** What the containers have that run side by side: init containers are gone by then. */
export function runningContainers(models: ContainerModel[], defaults: Resources): RunningContainer[] {
  return models.filter(({ role }) => role !== 'init').map(model => {
    const { rendered } = model.resourcesWith(defaults);
    return { name: model.props.name, requests: amountsAt(rendered, 'requests'), limits: amountsAt(rendered, 'limits') };
  });
}

function amountsAt(rendered: object, field: string): { [resource: string]: number } {
  return Object.fromEntries([...textsAt(rendered, field) ?? []].map(([resource, text]) => [resource, bytesOf(text)]));
}
