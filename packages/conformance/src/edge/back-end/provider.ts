// Stands in for an identity provider such as Keycloak: who comes is signed in at once, as the cookie `who` says. It speaks as much of
// OpenID Connect as the code flow with PKCE takes: node --import tsx provider.ts CERTIFICATE KEY ISSUER ADDRESS
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';

const [certificate = '', key = '', issuer = '', address = ''] = process.argv.slice(2);
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** The authorization requests that were answered, by code. */
const granted = new Map<string, { readonly query: URLSearchParams; readonly email: string }>();

createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  void answer(request, response).catch(() => { response.writeHead(500).end(); });
}).listen(443, address);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
  const json = (value: unknown, status = 200): void => { response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)); };
  switch (pathname) {
    case '/.well-known/openid-configuration': json({
      issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'],
    });
      break;
    case '/keys': json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] });
      break;
    case '/authorize': {
      const code = randomUUID();
      granted.set(code, { query: searchParams, email: /(?:^|;\s*)who=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'ann@example.com' });
      const back = new URL(searchParams.get('redirect_uri') ?? issuer);
      back.searchParams.set('code', code);
      back.searchParams.set('state', searchParams.get('state') ?? '');
      response.writeHead(302, { location: back.href }).end();
      break;
    }
    case '/token': {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const idToken = tokenFor(new URLSearchParams(body));
      if (idToken === undefined) json({ error: 'invalid_grant' }, 400);
      else json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 3600, id_token: idToken });
      break;
    }
    default: json({ error: 'not_found' }, 404);
  }
}

/** The token for a code that was given for the same address and challenge; each once. */
function tokenFor(form: URLSearchParams): string | undefined {
  const code = form.get('code') ?? '';
  const grant = granted.get(code);
  granted.delete(code);
  const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
  if (grant?.query.get('redirect_uri') !== form.get('redirect_uri') || grant?.query.get('code_challenge') !== challenge) return undefined;
  const { query, email } = grant;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer, aud: query.get('client_id'), sub: email, email, email_verified: true, groups: ['staff'], nonce: query.get('nonce'), iat: now, exp: now + 3600,
  };
  const signed = [{ alg: 'RS256', typ: 'JWT', kid: 'one' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
