/** What is different in the app when it stands over a locker: it locks, it brings its person back to the server, it minds the others. */
import type { LogDb } from '../log/db.ts'
import type { FirstRead } from '../log/firstRead.ts'
import type { Device, HeldLocker } from '../log/useAttendance.ts'
import { isOwnPlace, noteClosed, noteSeen } from './seen.ts'
import { api, askFirst } from '../sync/http.ts'
import { freshPace } from '../sync/pace.ts'
import { lockByItself } from './autoLock.ts'
import { SealBroken } from './cipher.ts'
import { comeBack } from './comeBack.ts'
import { sealTyping } from './halfTyped.ts'
import type { OpenLocker } from './locker.ts'
import { shred, shredAll } from './shred.ts'
import { repair } from './repair.ts'
import { sendSealed } from './sendSealed.ts'
import type { SessionKeeper } from './session.ts'
import type { Stores } from './stores.ts'

/** Over what the app begins. */
export interface Beginning {
  readonly db: LogDb
  /** The first screen's data, when it was asked for already. */
  readonly read?: Promise<FirstRead>
  readonly locker?: LockerApp
}

export interface LockerApp extends HeldLocker {
  sessionOf(session: SessionKeeper): SessionKeeper
  alsoSend(): Promise<unknown>
  onRevoked(): Promise<unknown>
  /** When the account can be read, and before anything is drawn. */
  onStarted(device: Device): Promise<void>
  isBroken(error: unknown): boolean
  /** Something was changed by another hand: it is put right, said, and the tablet is locked. */
  mend(): Promise<void>
}

/** The page begins anew, so that nothing readable stays in its memory. */
const reload = (): void => location.reload()

/** An app over an open locker. `left`: the server knows that whoever was here before has gone. */
export function openLockerApp(stores: Stores, opened: OpenLocker, left: Promise<unknown>): LockerApp {
  const { db, locker, cipher } = opened
  const pace = freshPace()
  let isLocking = false
  const lock = (): void => {
    if (isLocking) return
    isLocking = true
    // What is on its way to the disk arrives: a store that closes waits for its writes.
    db.close()
    reload()
  }
  sealTyping(cipher)
  return {
    opened,
    lock,
    sessionOf(session) {
      const signOut = async (): Promise<void> => {
        await session.signOut()
        await shred(stores, locker)
        lock()
        // Nothing else is drawn meanwhile.
        await new Promise<never>(() => undefined)
      }
      return {
        ...session,
        signOut,
        // A browser that has become another device: what was recorded here goes out as it was sealed, and its person begins as that one.
        signedIn(reply) {
          if (reply.device.id === locker.device) return session.signedIn(reply)
          noteClosed('otherDevice')
          return signOut()
        },
      }
    },
    alsoSend: () => sendSealed(stores, api, db, pace),
    async onRevoked() {
      await shredAll(stores)
      lock()
    },
    async onStarted({ store }) {
      const { account } = store
      if (account) noteSeen(locker.id, account.me.name)
      // A PIN set before the first download knew only the district.
      const [site, ...others] = account?.me.sites ?? []
      const place = site && others.length === 0 ? store.ledger.site(site)?.name : undefined
      if (place !== undefined && place !== locker.place) await opened.standAt(place)
      if (!isOwnPlace(locker.id)) history.replaceState(null, '', '/')
      askFirst(comeBack({ db, store, send: api, left }))
      lockByItself(lock, () => Date.now())
    },
    isBroken: (error) => error instanceof SealBroken,
    async mend() {
      if (!(await repair(stores, db))) await shred(stores, locker)
      noteClosed('changed')
      lock()
    },
  }
}
