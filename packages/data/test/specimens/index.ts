import { collected } from '@keelson/testing/specimen';
import * as cloudNativePg from './cloudnative-pg';
import * as endpoints from './endpoints';
import * as mariaDb from './maria-db';
import * as mongoDb from './mongo-db';
import * as mySql from './my-sql';
import * as postgreSql from './postgre-sql';
import * as redis from './redis';
import * as storage from './storage';
import * as tls from './tls';

export const SPECIMENS = collected(cloudNativePg, endpoints, mariaDb, mongoDb, mySql, postgreSql, redis, storage, tls);
