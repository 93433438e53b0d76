/** Sends the daily digests, once a day, where the operator gave a mail server. */
import { createTransport } from 'nodemailer'
import type { Role } from '../../shared/api/people.ts'
import { type SchoolDate, schoolDateOf, localTimeOf } from '../../shared/time.ts'
import { LOOPBACK } from '../config.ts'
import type { Context } from '../context.ts'
import { namedTakers } from '../people/disclosures.ts'
import { openAlerts } from './alerts.ts'
import { sendCheckpoint } from './checkpointMail.ts'
import { digestLetter, type Letter } from './digestMail.ts'
import { openLastImport } from './lastImport.ts'

export type Send = (to: string, letter: Letter) => Promise<void>

/**
 * A sender over SMTP. Letters go out encrypted, by `smtps` or after STARTTLS, and to a server that has neither not at all; on this machine itself, or
 * where the operator said so (`plain`), also as they are. Throws when the address is none.
 */
export function smtpSender(url: string, from: string, plain = false): Send {
  const address = new URL(url)
  // What stands behind a question mark could take it back.
  if (!plain && !LOOPBACK.has(address.hostname)) address.search = '?requireTLS=true'
  const transport = createTransport(address.href)
  return async (to, { subject, text }) => {
    await transport.sendMail({ from, to, subject, text })
  }
}

const READERS: ReadonlySet<Role> = new Set(['coordinator', 'district', 'data', 'administrator'])

/** Writes to everybody who has something new. What could not be sent is tried again the next time. Gives how many letters went out. */
export async function sendDigests(context: Context, address: string, send: Send): Promise<number> {
  const { accounts, log, overview, store, totals } = context
  const today = schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')
  if (!(await totals.current(today))) return 0
  const alerts = openAlerts(log, overview, openLastImport(log), () => namedTakers(context))
  let sent = 0
  for (const account of accounts.all()) {
    const person = store.get('staff', account.staff)?.body
    const me = account.state === 'active' && READERS.has(account.role) ? accounts.me(account) : undefined
    if (!me || !person || person.email === '') continue
    const told = alerts.told(account.staff, 'mailed')
    const news = alerts.of(me.districtWide ? 'all' : me.sites, today, totals.db()).filter(({ key }) => !told.has(key))
    const letter = digestLetter(news, address)
    if (!letter) continue
    try {
      await send(person.email, letter)
      alerts.tell(
        account.staff,
        'mailed',
        news.map(({ key }) => key),
      )
      sent++
    } catch {
      // The mail server may be away: nothing is noted as told, and tomorrow's letter holds it.
    }
  }
  return sent
}

/** The hour, on the district's clocks, from which a day's digest goes out. */
const HOUR_OF_DAY = '06'
const LOOK_MS = 600_000

/** Looks every ten minutes whether the day's digests are due. Gives what stops it. */
export function sendDaily(context: Context, address: string, send: Send, keepers: readonly string[] = []): () => void {
  const { log, store } = context
  let last: SchoolDate | undefined
  const look = (): void => {
    const zone = store.get('district', 'district')?.body.zone ?? 'UTC'
    const now = log.sources.now()
    const today = schoolDateOf(now, zone)
    if (today === last || localTimeOf(now, zone).slice(0, 2) < HOUR_OF_DAY) return
    last = today
    // What could not be sent is tried again at the next look.
    const again = (): void => void (last = undefined)
    void sendDigests(context, address, send).catch(again)
    void sendCheckpoint(context, keepers, send).catch(again)
  }
  const timer = setInterval(look, LOOK_MS).unref()
  return () => clearInterval(timer)
}
