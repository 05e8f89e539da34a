import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where binaries and checkers stay from one run to the next. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'keelson-conformance');
