import { Faults, SecretGenerator, SecretText } from '@keelson/core';
import { Construct } from 'constructs';
import { authorityFileOf } from './client-endpoint';
import { clientNameOf, databaseOf } from './clients';
import { Description } from './description';

/** The Job that makes the passwords which nobody brings, one Secret for each user: none where all are brought. */
export function defineSecrets(scope: Construct, description: Description, host: string): SecretGenerator | undefined {
  const { name, engine, passwords, tls, secretOptions } = description;
  // the previous one is there already
  const made = [...passwords].filter(([role, { generated }]) => generated !== undefined && role !== 'previous-root');
  if (made.length === 0) {
    return undefined;
  }
  if (description.namespace === undefined) {
    Faults.report(scope, 'credentials', [{
      code: 'KEELSON3193', got: 'generated ones', allowed: 'all brought in a chart without a namespace, whose Job nobody could give rights',
      fix: "give the chart one: new Chart(app, 'shop', { namespace: 'shop' })",
    }]);
    return undefined;
  }
  const generator = new SecretGenerator(scope, 'Secrets', { name: `${name}-secrets` });
  for (const [role, { user, key, generated = '' }] of made) {
    const [database, directory] = [databaseOf(description, user), role === 'app' ? name : clientNameOf(name, user)];
    const authorityFile = tls === undefined ? undefined : authorityFileOf(directory);
    generator.secret(generated, {
      username: SecretText.literal(user),
      [key]: SecretText.random(32),
      // clients are these; the others sign in where they are told to
      ...role === 'app' || role.startsWith('user-') ? {
        host: SecretText.literal(host), port: SecretText.literal(String(engine.port)), database: SecretText.literal(database),
        uri: SecretText.template(engine.uri({ user, host, port: engine.port, database, authorityFile, isTls: tls !== undefined })),
      } : {},
    }, secretOptions);
  }
  return generator;
}
