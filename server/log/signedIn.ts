/**
 * Who ever signed in on which device. Only in their name does it record; what it offers in any other waits for a coordinator. A backup that was put
 * back may be older than a sign-in: the device then shows the record of it that the district signed. (S3, S8)
 */
import { SignInBody } from '../../shared/api/signIns.ts'
import type { Receipt } from '../../shared/api/sync.ts'
import { as } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'
import type { Log } from './log.ts'
import { parsed } from './parsed.ts'
import { isSigned, type ReceiptKey } from './receipts.ts'

export type SignedInHere = ReturnType<typeof openSignedIn>

/** Of an open log. */
export function openSignedIn({ db, sources }: Pick<Log, 'db' | 'sources'>) {
  const put = db.prepare('INSERT OR IGNORE INTO signed_in (device, staff, at) VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM signed_in WHERE device = ?')
  const staffOf = db.prepare<[string], string>('SELECT staff FROM signed_in WHERE device = ?').pluck()
  return {
    /** A person signed in on a device. Within a transaction. */
    note: (device: string, staff: string): void => void put.run(device, staff, sources.now()),
    /**
     * The device's credential was given anew, to somebody who says that it was lost there. Whoever else signed in on it is known there again by the records
     * that it holds, if it is the one.
     */
    forget: (device: string): void => void drop.run(device),
    /** Everybody who did, those included whom the records show. Within a transaction. */
    of(device: string, records: readonly Receipt[], key: ReceiptKey): ReadonlySet<string> {
      const staff = new Set(staffOf.all(device))
      for (const record of records) {
        const said = SignInBody.safeParse(parsed(record.body)).data
        if (said?.device !== device || staff.has(said.staff) || !isSigned(record.body, record.signature, key.publicKey)) continue
        put.run(device, said.staff, said.at)
        staff.add(said.staff)
      }
      return staff
    },
  }
}

/** The record of a sign-in, for the device to keep and to show. */
export function signInRecord(key: ReceiptKey, device: string, staff: string, now: number): Receipt {
  const body = JSON.stringify({ kind: 'recoup-sign-in', staff: as(staff), device: as(device), at: instant(now) } satisfies SignInBody)
  return { body, signature: key.signText(body) }
}
