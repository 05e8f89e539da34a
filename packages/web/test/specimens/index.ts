import { collected } from '@keelson/testing/specimen';
import * as scaling from './scaling';

export const SPECIMENS = collected(scaling);
