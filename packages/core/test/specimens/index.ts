import { collected } from '@keelson/testing/specimen';
import * as volumes from './volumes';

export const SPECIMENS = collected(volumes);
