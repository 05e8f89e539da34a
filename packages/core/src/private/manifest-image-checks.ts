import { IConstruct } from 'constructs';
import { ClusterProfile } from '../cluster-profile';
import { Image } from '../image';
import { isFilledInLater, items, member, textAt } from './manifest-fields';
import { ManifestFault, NO_FAULTS } from './manifest-pod-checks';
import { quoted } from './quoted';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;
/** What Istio's webhook puts its own image for. */
const INJECTED = 'auto';
/** Without a tag it is `latest`'s: its registry is known all the same. */
const OPINIONS = new Set(['KEELSON1103', 'KEELSON1104']);

/** Images of pods written by hand that the cluster doesn't take. They are pulled as they stand: mirrors are for what we render. */
export function podImageFaults(object: IConstruct, spec: unknown, path: string): readonly ManifestFault[] {
  const { allowedRegistries, requireImageDigests } = ClusterProfile.of(object);
  if (allowedRegistries.length === 0 && !requireImageDigests) {
    return NO_FAULTS;
  }
  return LISTS.flatMap(list => items(member(spec, list)).flatMap((container) => {
    const reference = textAt(container, 'image');
    if (reference === undefined || reference === INJECTED || isFilledInLater(reference)) {
      return [];
    }
    const image = Image.parse(reference);
    if (image.faults.some(({ code }) => !OPINIONS.has(code))) {
      return [];
    }
    const prop = `${path}.${list}.${textAt(container, 'name') ?? ''}.image`;
    return [
      ...allowedRegistries.length === 0 || allowedRegistries.some(registry => image.isOf(registry)) ? [] : [{ prop, fault: {
        code: 'KEELSON1613', got: quoted(reference), allowed: `an image of a registry that the cluster allows (${allowedRegistries.join(', ')})`,
        fix: 'push it there, and name it there: no mirror stands for the images of a pod written by hand',
      } }],
      ...!requireImageDigests || image.digest !== undefined ? [] : [{ prop, fault: {
        code: 'KEELSON1614', got: quoted(reference), allowed: 'an image with a digest, which the cluster profile asks for',
        fix: "end it in '@sha256:<digest>', which the registry shows beside the tag",
      } }],
    ];
  }));
}
