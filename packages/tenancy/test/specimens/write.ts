// npm run specimens: every specimen for every version, into .specimens/<version>/<title>/.
import { writeSpecimens } from '@keelson/testing/specimen';
import { SPECIMENS } from '.';

console.log(`${writeSpecimens(SPECIMENS, '.specimens')} folders written to .specimens`);
