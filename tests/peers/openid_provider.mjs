// A certified OpenID Connect provider on this computer, for the tests of `discovery`.
// node openid_provider.mjs CERTIFICATE   prints its port once it listens, and ends with its standard input.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.cwd() + '/');
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const pem = readFileSync(process.argv[2]);
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
let answer;
const server = createServer({ key: pem, cert: pem }, (request, response) => answer(request, response));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`https://localhost:${port}`, {
    jwks: { keys: [{ ...key, kid: 'first', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for tests'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username'],
    },
    responseTypes: ['code', 'id_token', 'none'],
    features: { devInteractions: { enabled: false } },
  });
  answer = provider.callback();
  console.log(port);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
