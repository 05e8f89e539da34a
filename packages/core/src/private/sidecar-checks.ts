import { Construct } from 'constructs';
import { Faults } from '../faults';
import { KubernetesVersion } from '../profile/kubernetes-version';
import { RestartPolicy } from '../restart-policy';
import { Warnings } from '../warnings';

/** What a sidecar can't be on older clusters. */
export function checkSidecar(scope: Construct, name: string, version: KubernetesVersion, restartPolicy = RestartPolicy.ALWAYS): void {
  if (version.isAtLeast('1.29')) {
    return;
  }
  if (restartPolicy !== RestartPolicy.ALWAYS) {
    Faults.report(scope, `sidecars.${name}`, [{
      code: 'KEELSON1211', got: `Kubernetes ${version.text}`, allowed: 'for a cluster of Kubernetes 1.29 or newer',
      fix: 'a task with a plain container that never ends never ends either: drop the sidecar, or use a newer cluster',
    }]);
  } else {
    Warnings.report(scope, 'KEELSON1212', `sidecar '${name}' is a plain container on Kubernetes ${version.text}, `
      + 'which may start after the main one and end before it: from 1.29 on it is a native sidecar');
  }
}
