/** What the environment decides. The only place that reads it. */
import { join, resolve } from 'node:path'
import type { BackupPlan } from './log/backups.ts'
import { readSso, type SsoConfig } from './people/ssoConfig.ts'

export interface Config {
  /** Where the server listens. Port 0 takes a free one. */
  readonly host: string
  readonly port: number
  /** The folder with the database and the keys. */
  readonly data: string
  /** The built client. */
  readonly dist: string
  /** The address people use when a proxy stands before the server, `https://...`; undefined when they reach it directly. */
  readonly url: string | undefined
  /** Whether only this machine can reach the server. */
  readonly loopback: boolean
  /** Where copies of the data go, how often and how many stay; undefined when somebody else sees to it. */
  readonly backups?: BackupPlan
  /** The mail server and the sender of the daily digests; undefined where digests are shown in the app alone. */
  readonly mail?: { readonly url: string; readonly from: string; readonly plain?: boolean; readonly checkpointTo?: readonly string[] }
  /** The district's own sign-in; undefined where people have passwords here alone. */
  readonly sso?: SsoConfig
}

const ROOT = resolve(import.meta.dirname, '..')
/** Names of this machine that nobody else can mean, also as an address writes them. */
export const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

/** Whether others can reach the server: directly, or through a proxy at the address that people use. */
export const isOpenToOthers = ({ loopback, url }: Pick<Config, 'loopback' | 'url'>): boolean =>
  !loopback || (url !== undefined && !LOOPBACK.has(new URL(url).hostname))

/** The configuration, or one sentence that says what is wrong with it. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config | { readonly fault: string } {
  const port = Number(env.PORT || 8787)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return { fault: `PORT is ${env.PORT}: give a number from 0 to 65535.` }
  const url = env.RECOUP_URL || undefined
  if (url !== undefined && !URL.canParse(url))
    return { fault: `RECOUP_URL is ${url}: give the address people use, such as https://recoup.example.org.` }
  const mail = env.RECOUP_SMTP || undefined
  if (mail !== undefined && !(/^smtps?:\/\//.test(mail) && URL.canParse(mail)))
    return { fault: 'RECOUP_SMTP is no mail server: give smtp://user:password@host:587.' }
  if (mail !== undefined && !env.RECOUP_MAIL_FROM)
    return { fault: 'RECOUP_MAIL_FROM is missing: give the address that digests come from, such as recoup@example.org.' }
  const plain = env.RECOUP_SMTP_PLAIN || undefined
  if (plain !== undefined && plain !== 'yes')
    return { fault: `RECOUP_SMTP_PLAIN is ${plain}: give yes where letters may go out unencrypted, or leave it out.` }
  const backups = readPlan(env)
  if (backups && 'fault' in backups) return backups
  const sso = readSso(env, url)
  if (sso && 'fault' in sso) return sso
  const host = env.HOST ?? '127.0.0.1'
  return {
    host,
    port,
    data: resolve(env.RECOUP_DATA ?? 'data'),
    dist: env.RECOUP_DIST ?? join(ROOT, 'dist'),
    url,
    loopback: LOOPBACK.has(host),
    ...(backups && { backups }),
    ...(mail !== undefined &&
      env.RECOUP_MAIL_FROM && { mail: { url: mail, from: env.RECOUP_MAIL_FROM, ...(plain && { plain: true }), ...keepersIn(env) } }),
    ...(sso && { sso }),
  }
}

/** `RECOUP_BACKUP_EVERY` is a number of minutes, or one with `h` or `d` after it. */
function readPlan(env: Readonly<Record<string, string | undefined>>): BackupPlan | { readonly fault: string } | undefined {
  if (!env.RECOUP_BACKUP_DIR) return undefined
  const [, number = '', unit = ''] = /^(\d+)([mhd]?)$/.exec(env.RECOUP_BACKUP_EVERY || '1d') ?? []
  const everyMinutes = Number(number) * (unit === 'd' ? 1440 : unit === 'h' ? 60 : 1)
  if (number === '' || everyMinutes < 1)
    return { fault: `RECOUP_BACKUP_EVERY is ${env.RECOUP_BACKUP_EVERY}: give minutes, hours or days, such as 30m, 6h or 1d.` }
  const keep = Number(env.RECOUP_BACKUP_KEEP || 14)
  if (!Number.isInteger(keep) || keep < 1) return { fault: `RECOUP_BACKUP_KEEP is ${env.RECOUP_BACKUP_KEEP}: give a number from 1 on.` }
  return { folder: resolve(env.RECOUP_BACKUP_DIR), everyMinutes, keep }
}

/** `RECOUP_CHECKPOINT_TO` is one address or several, parted by commas. */
const keepersIn = (env: Readonly<Record<string, string | undefined>>): { checkpointTo?: readonly string[] } => {
  const to = (env.RECOUP_CHECKPOINT_TO ?? '').split(',').map((one) => one.trim())
  return to.some((one) => one !== '') ? { checkpointTo: to.filter((one) => one !== '') } : {}
}
