import { ClaimTemplate } from '@keelson/core';
import { Storage } from '../storage';

/**
 * What the claims of pods are made by, where each has one of its own.
 *
 * @param volumeLabels those that volumes have which are there already.
 */
export function claimTemplateOf(
  { existingClaim, isEphemeral, size, storageClass, path }: Storage, volumeLabels: { [key: string]: string },
): ClaimTemplate | undefined {
  return existingClaim !== undefined || isEphemeral || size === undefined ? undefined
    : ClaimTemplate.of('data', { size, storageClass, volumeLabels: path === undefined ? undefined : volumeLabels });
}
