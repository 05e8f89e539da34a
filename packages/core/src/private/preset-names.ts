import { ClusterProfileProps } from '../profile/cluster-profile-props';
import { aksProps, eksProps, gkeProps, k3sProps, openshiftProps } from './cloud-presets';
import { kindProps } from './profile-presets';

export type PresetName = 'kubernetes' | 'kind' | 'k3s' | 'eks' | 'gke' | 'aks' | 'openshift';

/** The presets by the names of `ClusterProfile`'s factories. */
export const PRESETS: ReadonlyMap<PresetName, (props: ClusterProfileProps) => ClusterProfileProps> = new Map<
  PresetName, (props: ClusterProfileProps) => ClusterProfileProps
>([
  ['kubernetes', props => props], ['kind', kindProps], ['k3s', k3sProps], ['eks', eksProps], ['gke', gkeProps], ['aks', aksProps],
  ['openshift', openshiftProps],
]);

/** The props of a profile: the preset's, and over them those that are given. */
export function propsOf(preset: PresetName, props: ClusterProfileProps): ClusterProfileProps {
  return PRESETS.get(preset)?.(props) ?? props;
}
