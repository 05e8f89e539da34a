import { IServiceAccount } from '@keelson/core';
import { text } from './cel';

/** Whether an object is what cert-manager answers an HTTP-01 challenge with: who asks says it, a label alone nothing. */
export function solverOf({ name, namespace = '' }: IServiceAccount): string {
  return `(request.userInfo.username == ${text(`system:serviceaccount:${namespace}:${name}`)}`
    + " && object.metadata.?labels[?'acme.cert-manager.io/http01-solver'].orValue('') == 'true')";
}
