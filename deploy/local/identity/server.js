/**
 * The OpenID Connect provider of a developer's machine. It is a certified one (oidc-provider); what it lacks on purpose is a password:
 * it listens on loopback only and signs in whoever is named, of some made-up domains.
 */
import { createServer } from 'node:http';
import { Provider, errors, interactionPolicy } from 'oidc-provider';
import { keysIn } from './keys.js';
import { signInPage, wordPage } from './pages.js';
import { accountOf, listedPeople } from './people.js';

const port = Number(process.env.PORT ?? 5110);
const issuer = process.env.ISSUER ?? `http://localhost:${port}`;
const audience = process.env.AUDIENCE ?? 'mentoring-api';
const portal = process.env.PORTAL_ORIGIN ?? 'http://localhost:5100';
const demoSecret = process.env.DEMO_SECRET;
const folder = process.env.STATE_FOLDER ?? '.state';
const peopleFile = process.env.PEOPLE_FILE ?? `${folder}/people.json`;

const personGrant = 'urn:mentoring:person';
// OAuth names a resource by an absolute URI; the audience in the token stays the plain name the gateway checks.
const api = 'urn:mentoring:api';
const apiScope = 'mentoring';
const tokenSeconds = 3600;
const apiServer = { scope: apiScope, audience, accessTokenFormat: 'jwt', accessTokenTTL: tokenSeconds, jwt: { sign: { alg: 'ES256' } } };

const { jwks, cookies } = keysIn(folder);
const accounts = new Map();

function findByEmail(email) {
  const account = accountOf(email, listedPeople(peopleFile));
  if (account) accounts.set(account.sub, account);
  return account;
}

const clients = [{
  client_id: 'portal',
  client_name: 'Mentoring',
  application_type: 'web',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [`${portal}/`, `${portal}/signed-in`],
  post_logout_redirect_uris: [`${portal}/`],
}];
if (demoSecret) {
  clients.push({
    client_id: 'demo',
    client_secret: demoSecret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: [personGrant],
    response_types: [],
    redirect_uris: [],
  });
}

const signInOnly = interactionPolicy.base();
signInOnly.remove('consent');

const provider = new Provider(issuer, {
  clients,
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
  jwks,
  cookies: { keys: cookies },
  scopes: ['openid', apiScope],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  clientBasedCORS: (ctx, origin, client) => client.clientId === 'portal' && origin === portal,
  findAccount: (ctx, sub) => {
    const account = accounts.get(sub);
    return account && { accountId: sub, claims: () => account };
  },
  extraTokenClaims: (ctx, token) => {
    const { sub, ...claims } = accounts.get(token.accountId) ?? {};
    return claims;
  },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, resource) => {
        if (resource !== api) throw new errors.InvalidTarget();
        return apiServer;
      },
    },
  },
  // Consent is asked for in the product, by purpose; the sign-on of the enterprise this stands for does not ask.
  interactions: { policy: signInOnly, url: (ctx, interaction) => `/sign-in/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    grant.addResourceScope(api, apiScope);
    await grant.save();
    return grant;
  },
  ttl: { AccessToken: tokenSeconds, IdToken: tokenSeconds, Interaction: 3600, Session: 14 * 24 * 3600, Grant: 14 * 24 * 3600 },
  renderError: (ctx, out) => {
    ctx.type = 'html';
    ctx.body = wordPage('That did not work', out.error_description ?? out.error);
  },
});

/** A person without a browser: the demo and the tests sign in by naming an address, with the secret drawn for this machine. */
provider.registerGrantType(personGrant, async (ctx) => {
  const account = findByEmail(ctx.oidc.params.email);
  if (!account) throw new errors.InvalidGrant('this address is not of the domains that sign in here');
  const token = new provider.AccessToken({ accountId: account.sub, client: ctx.oidc.client, gty: personGrant, scope: apiScope });
  token.resourceServer = new provider.ResourceServer(api, apiServer);
  ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType };
}, ['email']);

async function body(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > 4096) throw new errors.InvalidRequest('too long');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

const html = (response, status, text) => response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);

async function signIn(request, response) {
  const show = (status, refused) => html(response, status, signInPage(request.url, listedPeople(peopleFile), refused));
  try {
    await provider.interactionDetails(request, response);
    if (request.method !== 'POST') return show(200);
    const email = (await body(request)).get('email');
    const account = findByEmail(email);
    if (!account) return show(400, email);
    return await provider.interactionFinished(request, response, { login: { accountId: account.sub, remember: true } });
  } catch (error) {
    if (!(error instanceof errors.OIDCProviderError)) throw error;
    return html(response, 400, wordPage('This sign-in has run out', 'Go back to where you came from and sign in again.'));
  }
}

const handle = provider.callback();
const server = createServer((request, response) => {
  if (request.url === '/health') return response.writeHead(200).end('healthy');
  if (!request.url.startsWith('/sign-in/')) return handle(request, response);
  return signIn(request, response).catch((error) => {
    console.error(error);
    html(response, 500, wordPage('That did not work', 'The provider\'s log says why.'));
  });
});

server.listen(port, '127.0.0.1', () => console.log(`${issuer} signs in people for ${portal}`));
process.once('SIGTERM', () => { server.close(); server.closeAllConnections(); });
