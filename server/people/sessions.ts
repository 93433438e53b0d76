/**
 * Two credentials, both random and kept only as hashes. The device's outlives every sign-in, so that what was recorded can
 * always be sent; the web session's ends soon, and guards what a person may read and change.
 */
import { NOTHING_HELD, type Role } from '../../shared/api/people.ts'
import type { OwnSignIn } from '../../shared/api/passkeys.ts'
import { isDeviceName } from '../../shared/sync/deviceNames.ts'
import { HOUR, MINUTE } from '../../shared/time.ts'
import type { Log } from '../log/log.ts'
import { openRecorders } from '../log/recorders.ts'
import { openSignedIn } from '../log/signedIn.ts'
import { unlessBusy } from '../log/unlessBusy.ts'
import { type Account, isLive } from './accounts.ts'
import { openKnownDevices } from './knownDevices.ts'
import { openShown } from './shown.ts'
import { hashToken } from './token.ts'

export interface Device {
  readonly id: string
  readonly name: string
  /** Who signed in last and has not signed out; null when nobody. */
  readonly staff: string | null
  /** The key that signs what it sends: P-256, raw, base64; null for one that has none yet. */
  readonly key: string | null
  readonly revokedAt: number | null
}

/** A web session ends twelve hours after sign-in, and at a desk after half an hour without use. A teacher's tablet locks itself. */
export const SESSION_MOST = 12 * HOUR
const idleMost = (role: Role): number => (role === 'teacher' || role === 'substitute' ? SESSION_MOST : 30 * MINUTE)

export interface Opening {
  /** A second factor is to be set up: the device is not bound to the person. */
  readonly isHeldBack?: boolean
  /** The district's provider vouched for one. */
  readonly providerFactor?: boolean | undefined
  /** Ours was shown. */
  readonly isProved?: boolean
}
interface OwnSession {
  readonly hash: string
  readonly device: string | null
  readonly name: string | null
  readonly staff: string | null
  readonly since: number
  readonly lastUsed: number
}
/** A session is named to its owner by the beginning of the hash of its token. */
const ID_LENGTH = 16

export type Sessions = ReturnType<typeof openSessions>

/** Devices and web sessions of an open log. */
export function openSessions(log: Log) {
  const { db, sources } = log
  const deviceByToken = db.prepare<[string], Device>(
    'SELECT id, name, staff, public_key AS key, revoked_at AS revokedAt FROM device WHERE token_hash = ?',
  )
  const deviceById = db.prepare<[string], Device>(
    'SELECT id, name, staff, public_key AS key, revoked_at AS revokedAt FROM device WHERE id = ?',
  )
  const hasRecorded = openRecorders(db)
  // Its key may have gone the way of its credential: it gives another.
  const renewDevice = db.prepare('UPDATE device SET token_hash = ?, public_key = NULL WHERE id = ?')
  const putDevice = db.prepare('INSERT INTO device (id, token_hash, name, staff, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)')
  const bindDevice = db.prepare('UPDATE device SET staff = ?, last_seen_at = ? WHERE id = ?')
  const releaseDevice = db.prepare('UPDATE device SET staff = NULL WHERE id = ?')
  const putSession = db.prepare(
    'INSERT INTO web_session (token_hash, account, device, created_at, last_seen_at, provider_factor, proved) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const sessionByToken = db.prepare<[string], { account: string; created_at: number; last_seen_at: number }>(
    'SELECT account, created_at, last_seen_at FROM web_session WHERE token_hash = ?',
  )
  const touch = db.prepare('UPDATE web_session SET last_seen_at = ? WHERE token_hash = ?')
  const dropSession = db.prepare('DELETE FROM web_session WHERE token_hash = ?')
  const dropOld = db.prepare('DELETE FROM web_session WHERE created_at < ?')
  const ofAccount = db.prepare<[string, number, number], OwnSession>(
    `SELECT s.token_hash AS hash, s.device, d.name, d.staff, s.created_at AS since, s.last_seen_at AS lastUsed
     FROM web_session s LEFT JOIN device d ON d.id = s.device
     WHERE s.account = ? AND s.created_at > ? AND s.last_seen_at > ? ORDER BY s.last_seen_at DESC`,
  )
  const accountById = db.prepare<[string], Account>('SELECT * FROM account WHERE id = ?')
  const knownDevices = openKnownDevices(log)
  const signedIn = openSignedIn(log)

  /** The device is this person's, and known as one. Within a transaction. */
  function bind(staff: string, device: string): void {
    bindDevice.run(staff, sources.now(), device)
    knownDevices.note(staff, device)
    signedIn.note(device, staff)
  }

  /** While an import writes, reading goes on: the next request keeps the session alive. */
  function stayAlive(hash: string, now: number): void {
    unlessBusy(() => touch.run(now, hash))
  }

  function used(id: string, staff: string): boolean {
    const device = deviceById.get(id)
    return device !== undefined && device.revokedAt === null && (device.staff === staff || hasRecorded(id, staff))
  }

  return {
    device: (token: string | undefined): Device | undefined => (token === undefined ? undefined : deviceByToken.get(hashToken(token))),
    /** A new device, of a person or of nobody yet, with the token only it will hold. */
    enrol(name: string, staff: string | null, id: string = sources.newId()): { device: Device; token: string } {
      const token = sources.random(32).toString('base64url')
      const device = { id, name, staff, key: null, revokedAt: null }
      putDevice.run(device.id, hashToken(token), name, staff, sources.now(), sources.now())
      if (staff !== null) signedIn.note(device.id, staff)
      return { device, token }
    },
    /** Whether this device is known as one that this person used or recorded on, and is one still. */
    used,
    /**
     * A device whose credential was lost while its data was not gets another one, for the person who used it last or recorded on it:
     * what waits on it can then be sent as its own, and in others' names by the records of their sign-ins. Undefined for anybody else.
     */
    renew(id: string, staff: string): { device: Device; token: string } | undefined {
      const device = used(id, staff) ? deviceById.get(id) : undefined
      if (!device) return undefined
      const token = sources.random(32).toString('base64url')
      renewDevice.run(hashToken(token), id)
      signedIn.forget(id)
      return { device, token }
    },
    /**
     * The device of a browser that signs in: by its credential; or the one that it says it was, where this person used that one, or where
     * no such device is known, since a backup that was put back may be older than the device (S8); or a new one. A browser that has the
     * credential of a device and nothing of its data was emptied: it would give the same numbers again, and is a new one. Also when
     * nothing has arrived from it, since that may still be on its way.
     */
    recognize(token: string | undefined, was: string | undefined, name: string, staff: string): { device: Device; token: string } {
      const held = token === undefined ? undefined : deviceByToken.get(hashToken(token))
      if (held && token !== undefined && was !== NOTHING_HELD) return { device: held, token }
      // Under a name that begins with another device's that one records: whoever had it could take its numbers.
      if (was === undefined || was === NOTHING_HELD || !isDeviceName(was)) return this.enrol(name, null)
      return deviceById.get(was) ? (this.renew(was, staff) ?? this.enrol(name, null)) : this.enrol(name, null, was)
    },
    /** Opens a web session and binds the device to the person, unless something is still asked of that person. */
    open(account: Account, device: Device, { isHeldBack = false, providerFactor = false, isProved = false }: Opening = {}): string {
      const token = sources.random(32).toString('base64url')
      log.write(() => {
        dropOld.run(sources.now() - SESSION_MOST)
        if (!isHeldBack) bind(account.staff, device.id)
        const factors = [providerFactor ? 1 : 0, isProved ? 1 : 0]
        putSession.run(hashToken(token), account.id, device.id, sources.now(), sources.now(), ...factors)
      })
      return token
    },
    /** The active account of a live web session. Use keeps it alive, written at most once a minute. */
    account(token: string | undefined): Account | undefined {
      if (token === undefined) return undefined
      const hash = hashToken(token)
      const session = sessionByToken.get(hash)
      const account = session && accountById.get(session.account)
      const now = sources.now()
      if (!session || !account || !isLive(account, now)) return undefined
      if (now - session.created_at >= SESSION_MOST || now - session.last_seen_at >= idleMost(account.role)) {
        dropSession.run(hash)
        return undefined
      }
      if (now - session.last_seen_at >= MINUTE) stayAlive(hash, now)
      return account
    },
    ...openShown(log, bind),
    /** The live sessions of an account, the last used first. `token` is of the one that asks. */
    own(account: Account, token: string | undefined): OwnSignIn[] {
      const now = sources.now()
      return ofAccount.all(account.id, now - SESSION_MOST, now - idleMost(account.role)).map(({ hash, name, since, lastUsed }) => ({
        ...{ id: hash.slice(0, ID_LENGTH), device: name ?? '', since, lastUsed },
        here: token !== undefined && hash === hashToken(token),
      }))
    },
    /** Ends one own session, by its id, and releases the device as signing out there would. False when there is none. */
    endOwn(account: Account, token: string | undefined, which: string): boolean {
      const here = token === undefined ? '' : hashToken(token)
      const ending = ofAccount.all(account.id, 0, 0).filter(({ hash }) => hash.slice(0, ID_LENGTH) === which)
      log.write(() => {
        for (const { hash, device, staff } of ending) {
          dropSession.run(hash)
          if (hash !== here && staff === account.staff) releaseDevice.run(device)
        }
      })
      return ending.length > 0
    },
    bind: (staff: string, device: Device): void => log.write(() => bind(staff, device.id)),
    end(token: string | undefined): void {
      if (token !== undefined) dropSession.run(hashToken(token))
    },
    /** Ends the web session and releases the device. The device keeps its credential and everything it holds. (S9) */
    close(token: string | undefined, device: Device | undefined): void {
      log.write(() => {
        if (token !== undefined) dropSession.run(hashToken(token))
        if (device) releaseDevice.run(device.id)
      })
    },
  }
}
