import type { ClusterFacts } from '../profile/cluster-facts';
import { Fault } from '../faults';
import { Image } from '../image';
import { quoted } from './quoted';

/** What of a profile has a say in images. */
export type ImagePolicy = Pick<ClusterFacts, 'imageMirrors' | 'allowedRegistries' | 'requireImageDigests'>;

/** The image as nodes pull it: of the mirror for its registry, the closest one where there are several. */
export function pulledImage(image: Image, { imageMirrors }: ImagePolicy): Image {
  const longestFirst = [...imageMirrors].sort((a, b) => b.registry.length - a.registry.length);
  for (const { registry, mirror } of longestFirst) {
    const mirrored = image.mirroredTo(registry, mirror);
    if (mirrored !== image) {
      return mirrored;
    }
  }
  return image;
}

/** What the cluster doesn't take; of an image that is none, its own faults tell. */
export function imagePolicyFaults(image: Image, policy: ImagePolicy): Fault[] {
  if (image.faults.length > 0) {
    return [];
  }
  const { allowedRegistries, requireImageDigests } = policy;
  const pulled = pulledImage(image, policy);
  const allowed = allowedRegistries.length === 0 || allowedRegistries.some(registry => pulled.isOf(registry));
  return [
    ...allowed ? [] : [{
      code: 'KEELSON1610', got: `${quoted(image.reference)}${pulled === image ? '' : `, pulled as ${quoted(pulled.reference)}`}`,
      allowed: `an image of a registry that the cluster allows (${allowedRegistries.join(', ')})`,
      fix: "push it there, or have 'imageMirrors' of the cluster profile stand for its registry",
    }],
    ...!requireImageDigests || image.digest !== undefined ? [] : [{
      code: 'KEELSON1611', got: quoted(image.reference), allowed: 'an image with a digest, which the cluster profile asks for',
      fix: "end it in '@sha256:<digest>', which the registry shows beside the tag",
    }],
  ];
}
