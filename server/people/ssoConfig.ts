/** What the environment says of the district's own sign-in. */
import { Role } from '../../shared/api/people.ts'
import type { ProviderConfig } from './provider.ts'

export interface SsoConfig extends ProviderConfig {
  readonly roles: readonly (readonly [group: string, role: Role])[]
}

/** The settings of single sign-on, none where no provider is named, or one sentence that says what is wrong with them. */
export function readSso(
  env: Readonly<Record<string, string | undefined>>,
  url: string | undefined,
): SsoConfig | { readonly fault: string } | undefined {
  const issuer = env.RECOUP_SSO_ISSUER || undefined
  if (issuer === undefined) return undefined
  if (!isIssuer(issuer)) return { fault: `RECOUP_SSO_ISSUER is ${issuer}: give the provider's address, such as https://login.example.org.` }
  if (url === undefined) return { fault: 'RECOUP_URL is missing: the provider sends people back to it.' }
  const client = env.RECOUP_SSO_CLIENT || undefined
  if (client === undefined) return { fault: 'RECOUP_SSO_CLIENT is missing: give the client id that the provider has for Recoup.' }
  const roles = rolesOf(env.RECOUP_SSO_ROLES ?? '')
  if (typeof roles === 'string') return { fault: `RECOUP_SSO_ROLES says ${roles}: give group=role, parted by semicolons.` }
  return {
    issuer,
    client,
    ...(env.RECOUP_SSO_SECRET && { secret: env.RECOUP_SSO_SECRET }),
    name: env.RECOUP_SSO_NAME || new URL(issuer).hostname,
    scope: env.RECOUP_SSO_SCOPE || 'openid email profile',
    groupsClaim: env.RECOUP_SSO_GROUPS || 'groups',
    factorAcr: (env.RECOUP_SSO_ACR ?? '').split(' ').filter((one) => one !== ''),
    roles,
  }
}

/** Without TLS only on this machine, for trying it out. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost'))
}

/** A group may hold an equals sign of its own: the last one parts it from the role. */
function rolesOf(text: string): (readonly [string, Role])[] | string {
  const roles: (readonly [string, Role])[] = []
  for (const pair of text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const at = pair.lastIndexOf('=')
    const role = Role.safeParse(pair.slice(at + 1).trim())
    if (at < 1 || !role.success) return pair
    roles.push([pair.slice(0, at).trim(), role.data])
  }
  return roles
}
