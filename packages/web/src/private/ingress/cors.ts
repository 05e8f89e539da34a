import { usualCors } from '../edge/cors-faults';
import { secondsOf } from '../seconds';
import { Asked, NOTHING, Said } from './said';
import { HEADER, textFaults } from './texts';

/**
 * Which pages of other origins may call the app. All of it is said: what is left out, the controller takes for nearly all methods and
 * headers, with credentials.
 */
export function corsSaid(asked: Asked): Said {
  const { cors } = asked.request.exposure.options;
  if (cors === undefined) {
    return NOTHING;
  }
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = usualCors(cors);
  return {
    values: {
      'enable-cors': 'true',
      'cors-allow-origin': allowOrigins.join(','),
      'cors-allow-methods': allowMethods.join(','),
      // none can't be said; browsers always may send this one
      'cors-allow-headers': allowHeaders.length === 0 ? 'Accept' : allowHeaders.join(','),
      ...exposeHeaders.length === 0 ? {} : { 'cors-expose-headers': exposeHeaders.join(',') },
      'cors-allow-credentials': `${allowCredentials}`,
      'cors-max-age': `${secondsOf(maxAge)}`,
    },
    faults: [
      ...allowHeaders.flatMap((name, at) => textFaults(`cors.allowHeaders[${at}]`, name, HEADER, asked)),
      ...exposeHeaders.flatMap((name, at) => textFaults(`cors.exposeHeaders[${at}]`, name, HEADER, asked)),
    ],
  };
}
