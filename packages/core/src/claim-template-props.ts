import { ClaimProps } from './claim-props';

/** Properties for `ClaimTemplate`. */
export interface ClaimTemplateProps extends ClaimProps {
  /**
   * Labels of the PersistentVolumes that are there for the claims, such as disks of nodes: no class makes any then, the default class
   * neither, and claims take those of `storageClass`, or those that have none. Reserve each for its claim, whose name is
   * `ClaimTemplate.claimNameOf`. They can't be changed later.
   *
   * @default - volumes are made by the class.
   */
  readonly volumeLabels?: { [key: string]: string };
}
