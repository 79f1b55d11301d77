import { UserManager, WebStorageStateStore, type User, type UserManagerSettings } from 'oidc-client-ts';

interface Config { issuer: string; clientId: string; scope: string; resource: string }

/** Signs in at the unit's OpenID provider by authorisation code with PKCE; the token lives in this tab only. */
export class SignOn {
  private constructor(private readonly manager: UserManager) {}

  static async start(): Promise<SignOn> {
    const answer = await fetch('/config.json');
    if (!answer.ok) throw new Error('The page was not told where to sign in.');
    const config = await answer.json() as Config;
    const settings: UserManagerSettings = {
      authority: config.issuer,
      client_id: config.clientId,
      scope: config.scope,
      redirect_uri: `${location.origin}/`,
      post_logout_redirect_uri: `${location.origin}/`,
      response_type: 'code',
      // Another round to the provider, which still knows the session, instead of a hidden frame that browsers block.
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
    };
    if (config.resource) settings.resource = config.resource;
    return new SignOn(new UserManager(settings));
  }

  /** The signed-in user, completing a sign-in that has just come back from the provider. */
  async user(): Promise<User | null> {
    const query = new URLSearchParams(location.search);
    if (query.has('state') && (query.has('code') || query.has('error'))) {
      try {
        const user = await this.manager.signinCallback();
        history.replaceState(null, '', typeof user?.state === 'string' ? user.state : '/');
        return user ?? null;
      } catch (error) {
        history.replaceState(null, '', '/');
        throw error;
      }
    }
    const user = await this.manager.getUser();
    return user && !user.expired ? user : null;
  }

  async signIn(): Promise<void> {
    await this.manager.signinRedirect({ state: location.pathname });
  }

  async signOut(): Promise<void> {
    await this.manager.signoutRedirect();
  }
}
