/** A district's identity provider: the real thing (`oidc-provider`), on a port of its own, which lets in whom the test says. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Whom the provider lets in, and what it says of them. */
export interface PersonThere {
  readonly sub: string
  readonly email?: string
  readonly emailVerified?: boolean
  readonly groups?: readonly string[]
  readonly amr?: readonly string[]
}
interface Token {
  readonly header: Record<string, unknown>
  readonly claims: Record<string, unknown>
}
export interface IdentityProvider {
  readonly issuer: string
  readonly client: string
  readonly secret: string
  /** Whoever signs in next. */
  person: PersonThere
  /** Changes the ID token before it is signed again with the provider's own key: what a provider gone wrong, or a thief of answers, would send. */
  bend: ((token: Token) => Token) | undefined
  /** Signs with another key than the one it publishes. */
  signsWithOtherKey: boolean
  /** Plays the browser's part at the provider, from the address it was sent to: gives the query it comes back with. */
  walk(address: string): Promise<string>
  close(): Promise<void>
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** A provider that knows Recoup at `returnTo`. */
export async function openIdentityProvider(returnTo: string): Promise<IdentityProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined
  const server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const idp: IdentityProvider = {
    issuer,
    client: 'recoup',
    secret: 'a secret of the two of them, long enough',
    person: { sub: 'nobody' },
    bend: undefined,
    signsWithOtherKey: false,
    walk: (address) => walk(address, returnTo),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  const people = new Map<string, PersonThere>()
  const provider = new Provider(issuer, {
    clients: [{ client_id: idp.client, client_secret: idp.secret, redirect_uris: [returnTo], grant_types: ['authorization_code'] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'one' }] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub', 'amr', 'auth_time'], email: ['email', 'email_verified'], profile: ['groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => claimsOf(people.get(sub) ?? { sub }) }),
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc
      if (!client || !session?.accountId) return undefined
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  provider.use(async (context, next) => {
    await next()
    const body = context.body as { id_token?: string } | undefined
    if (context.path === '/token' && body?.id_token) {
      const bent = rewrite(body.id_token, idp.bend, idp.signsWithOtherKey ? other : privateKey)
      if (idp.bend || idp.signsWithOtherKey) body.id_token = bent
    }
  })
  const callback = provider.callback()
  answer = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    people.set(idp.person.sub, idp.person)
    const login = { accountId: idp.person.sub, amr: [...(idp.person.amr ?? ['pwd'])], remember: false }
    // A browser that left in the middle of it has taken its cookie along: it begins again.
    provider
      .interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
      .catch(() => response.writeHead(400).end())
  }
  return idp
}

const claimsOf = ({ sub, email, emailVerified, groups }: PersonThere) => ({
  sub,
  ...(email !== undefined && { email, email_verified: emailVerified ?? true }),
  ...(groups && { groups: [...groups] }),
})

function rewrite(token: string, bend: IdentityProvider['bend'], key: KeyObject): string {
  const [head = '', payload = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const { header, claims } = (bend ?? ((same) => same))({ header: read(head), claims: read(payload) })
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return header.alg === 'none' ? `${text}.` : `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

async function walk(address: string, returnTo: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = address
  for (let step = 0; step < 10; step++) {
    const reply = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const to = reply.headers.get('location')
    if (to === null) throw new Error(`The provider stopped at ${next}: ${reply.status} ${await reply.text()}`)
    next = new URL(to, next).href
    if (next.startsWith(returnTo)) return new URL(next).search.slice(1)
  }
  throw new Error('The provider leads in circles')
}
