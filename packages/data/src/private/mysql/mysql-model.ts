import { Construct } from 'constructs';
import { DatabaseModel } from '../../database-model';
import { MySqlProps } from '../../my-sql-props';
import { MySqlVersion } from '../../my-sql-version';
import { givenFaults, made } from '../made';
import { familyModel } from '../mysql-family/model';
import { MYSQL } from './mysql-dialect';

/** What the props of a MySQL server come to. */
export function mySqlModel(scope: Construct, id: string, props: MySqlProps): DatabaseModel {
  const faults = givenFaults(props.version, 'MySqlVersion', 'V8_4').map(fault => ({ prop: 'version', fault }));
  return familyModel(scope, id, props, MYSQL, made(props.version) ?? MySqlVersion.V8_4, 0, faults);
}
