import { Construct } from 'constructs';
import { ApiResource } from '../api-resource';
import { PolicyRule } from '../policy-rule';
import { Role } from '../role';

/** A Role to read one ConfigMap, and what changes of it. */
export function readerOf(configMap: Construct, name: string): Role {
  return new Role(configMap, 'Reader', { name: `${name}-reader`, rules: [PolicyRule.read([ApiResource.CONFIG_MAPS], { resourceNames: [name] })] });
}
