import { collected } from '@keelson/testing/specimen';
import * as admission from './admission';
import * as tenants from './tenants';

export const SPECIMENS = collected(admission, tenants);
