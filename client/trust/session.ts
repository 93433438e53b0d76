/**
 * Who is signed in on this device, kept so that the app opens without a network. Signing in needs the server once; signing out takes
 * readable data away and leaves everything unsent where it is. (S9)
 */
import type { SignedIn } from '../../shared/api/people.ts'
import type { DeviceId } from '../../shared/ids.ts'
import { isNameOf } from '../../shared/sync/deviceNames.ts'
import type { AttendanceStore } from '../log/attendanceStore.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, writeFact } from '../log/db.ts'
import type { Hints } from '../log/hints.ts'
import type { HeldAccount } from '../log/rows.ts'
import type { api } from '../sync/http.ts'
import type { Sync } from '../sync/syncLoop.ts'
import { withSample } from '../sync/clock.ts'
import { noteBack } from '../sync/ended.ts'
import { keepSignIn } from '../sync/signIns.ts'
import { forgetPerson } from './forgetPerson.ts'
import { dropAllHalfTyped } from './halfTyped.ts'
import { grantSample } from './recordingEnd.ts'
import { isShut } from './shut.ts'

export interface SessionKeeper {
  /** Keeps what the server said at sign-in, pins its key, asks the browser to keep our storage, and begins to sync. */
  signedIn(reply: SignedIn): Promise<void>
  /** The device this browser was at its last sign-in, whoever signed in; undefined for a new one. */
  heldDevice(): Promise<DeviceId | undefined>
  /** Ends the sign-in here and, when it can be reached, on the server. Unsent events stay and are still sent. */
  signOut(): Promise<void>
}

/** Where others have a PIN, whoever signs in sets one too, before anything is downloaded. */
export const inSharedTablet = (session: SessionKeeper): SessionKeeper => ({
  ...session,
  signedIn: (reply) => session.signedIn(isShut() ? { ...reply, pinNeeded: true } : reply),
})

export interface SessionDeps {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly sync: Sync
  readonly hints: Hints
  readonly send: typeof api
  /** Asks the browser to keep our storage; null where it cannot be asked. */
  readonly askToPersist: () => Promise<boolean | null>
}

export function openSession({ db, store, sync, hints, send, askToPersist }: SessionDeps): SessionKeeper {
  return {
    async signedIn(reply) {
      dropAllHalfTyped({ person: reply.me.staff, now: store.now() })
      let held: HeldAccount = reply
      await db.transaction('rw', db.meta, async () => {
        const recordsAs = await readFact(db, 'recordsAs')
        if (recordsAs !== undefined && isNameOf(recordsAs, reply.device.id)) held = { ...reply, recordsAs }
        await writeFact(db, 'account', held)
        await writeFact(db, 'device', reply.device.id)
        await keepSignIn(db, reply)
        const known = (await readFact(db, 'receiptKeys')) ?? []
        if (!known.includes(reply.receiptKey)) await writeFact(db, 'receiptKeys', [...known, reply.receiptKey])
      })
      const told = grantSample(reply, store.now())
      if (told) {
        store.setClock(withSample(store.clock, told))
        await writeFact(db, 'clock', store.clock)
      }
      store.setAccount(held)
      noteBack()
      hints.post({ kind: 'anew' })
      await writeFact(db, 'persisted', await askToPersist())
      const { giveKey } = await import('./deviceKey.ts')
      await giveKey(db, reply.device.id, send)
      void sync.now()
    },
    heldDevice: () => readFact(db, 'device'),
    async signOut() {
      const { Done } = await import('../../shared/api.ts')
      await send(Done, 'POST', '/api/sign-out')
      dropAllHalfTyped()
      await forgetPerson({ db, store, hints })
    },
  }
}
