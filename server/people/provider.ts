/** The district's identity provider, by OpenID Connect: authorization code with PKCE. What it answers is checked here and nowhere else. */
import { createHash } from 'node:crypto'
import * as oidc from 'openid-client'

/** How a district's provider is reached, and what its groups mean here. */
export interface ProviderConfig {
  readonly issuer: string
  readonly client: string
  readonly secret?: string
  /** What the button says after "Sign in with". */
  readonly name: string
  readonly scope: string
  /** The claim that lists a person's groups. */
  readonly groupsClaim: string
  /** Values of `acr` that stand for a second factor, beside what `amr` says. */
  readonly factorAcr: readonly string[]
}

/** What was made for one sign-in and must come back with it. */
export interface Asked {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Whether the person must show again who it is, though the provider knows. */
  readonly fresh: boolean
}

/** Whom the provider named. */
export interface Named {
  readonly subject: string
  /** In small letters; undefined when there is none or it was not verified. */
  readonly email: string | undefined
  readonly groups: readonly string[]
  readonly factor: boolean
}
/** `refused` when what came back does not hold; `down` when the provider could not be asked. */
export type ProviderFault = 'refused' | 'down'

export interface Provider {
  /** The address of the provider's page; undefined when the provider cannot be reached. */
  addressOf(asked: Asked): Promise<string | undefined>
  /** Whom the answer in the address a browser came back to names. */
  read(query: string, asked: Asked): Promise<Named | ProviderFault>
}

/** Methods (RFC 8176, and Microsoft's) that are a second factor or stand for several. */
const FACTORS: ReadonlySet<string> = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'fido', 'ngcmfa', 'sms', 'tel'])
const TIMEOUT_SECONDS = 10

/** The provider; asked for its description at the first sign-in, and again after it could not be reached. */
export function openProvider(config: ProviderConfig, returnTo: string): Provider {
  const issuer = new URL(config.issuer)
  // Without TLS only on this machine, for trying it out.
  const isHere = issuer.protocol === 'http:' && (issuer.hostname === '127.0.0.1' || issuer.hostname === 'localhost')
  let described: Promise<oidc.Configuration> | undefined

  function describe(): Promise<oidc.Configuration> {
    described ??= oidc
      .discovery(issuer, config.client, config.secret, undefined, {
        timeout: TIMEOUT_SECONDS,
        execute: [oidc.enableNonRepudiationChecks, ...(isHere ? [oidc.allowInsecureRequests] : [])],
      })
      .catch((error: unknown) => {
        described = undefined
        throw error
      })
    return described
  }

  return {
    async addressOf({ state, nonce, verifier, fresh }) {
      try {
        return oidc.buildAuthorizationUrl(await describe(), {
          redirect_uri: returnTo,
          scope: config.scope,
          state,
          nonce,
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
          ...(fresh && { prompt: 'login', max_age: '0' }),
        }).href
      } catch {
        return undefined
      }
    },
    async read(query, { state, nonce, verifier, fresh }) {
      try {
        const known = await describe()
        const tokens = await oidc.authorizationCodeGrant(known, new URL(`${returnTo}?${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          // Five minutes for typing a password and finding a telephone.
          ...(fresh && { maxAge: 300 }),
        })
        const token = tokens.claims()
        if (!token) return 'refused'
        const isWhole = 'email' in token && config.groupsClaim in token
        const more =
          isWhole || known.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await oidc.fetchUserInfo(known, tokens.access_token, token.sub)
        return namedBy({ ...more, ...token }, config)
      } catch (error) {
        return isDown(error) ? 'down' : 'refused'
      }
    },
  }
}

function namedBy(claims: Readonly<Record<string, unknown>>, { groupsClaim, factorAcr }: ProviderConfig): Named {
  const { sub, email, acr } = claims
  const methods = texts(claims.amr)
  return {
    subject: String(sub),
    email: typeof email === 'string' && claims.email_verified !== false ? email.trim().toLowerCase() : undefined,
    groups: texts(claims[groupsClaim]),
    factor: methods.some((method) => FACTORS.has(method)) || (typeof acr === 'string' && factorAcr.includes(acr)),
  }
}

const texts = (claim: unknown): string[] => (Array.isArray(claim) ? claim : [claim]).filter((one): one is string => typeof one === 'string')

/** A network that does not answer is not the person's fault; everything else is an answer that does not hold. */
function isDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof oidc.ClientError) return error.code === 'OAUTH_TIMEOUT' || isDown(error.cause)
  return error.name === 'TimeoutError' || (error instanceof TypeError && error.message === 'fetch failed')
}
