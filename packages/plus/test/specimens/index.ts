import { collected } from '@keelson/testing/specimen';
import * as bridge from './bridge';

export const SPECIMENS = collected(bridge);
