import { Construct } from 'constructs';
import { ApiResource } from '../api-resource';
import { PolicyRule } from '../policy-rule';
import { Role } from '../role';

/** A Role to read one ConfigMap or Secret, and what changes of it. */
export function readerOf(object: Construct, name: string, resource: ApiResource): Role {
  return new Role(object, 'Reader', { name: `${name}-reader`, rules: [PolicyRule.read([resource], { resourceNames: [name] })] });
}
