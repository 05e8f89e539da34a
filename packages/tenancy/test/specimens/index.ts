import { collected } from '@keelson/testing/specimen';
import * as admission from './admission';
import * as networkGuards from './network-guards';
import * as tenants from './tenants';

export const SPECIMENS = collected(admission, networkGuards, tenants);
