/** Making a locker, and opening one. */
import type { SignedIn } from '../../shared/api/people.ts'
import type { Instant } from '../../shared/time.ts'
import type { LogDb } from '../log/db.ts'
import { readFact, readFacts } from '../log/db.ts'
import { beginMoving, noteMoved } from '../log/moved.ts'
import { addSignIns } from '../sync/signIns.ts'
import { openCipher } from './cipher.ts'
import type { Cipher } from './cipher.ts'
import { chooseParams } from './kdf.ts'
import type { KdfParams } from './kdf.ts'
import { hashOfUser, placeOf, withoutPasskey } from './lockers.ts'
import type { Locker } from './lockers.ts'
import { emptyWhatMoved, moveEverything, moveOwn } from './moveIn.ts'
import { openParcelMaker } from './parcelMaker.ts'
import { openRowSeal } from './rowSeal.ts'
import { shred } from './shred.ts'
import { shareKey } from './shareKey.ts'
import { setShut } from './shut.ts'
import type { Stores } from './stores.ts'
import { isThere, OPEN_STORE, storeNamed, takeUpChain, withStore } from './stores.ts'
import { MOST_TRIES, nextTryAt, NO_TRIES } from './tries.ts'
import type { PasskeyAnswer } from './wrap.ts'
import { unwrapByPasskey, unwrapKey, wrapForPasskey, wrapKey } from './wrap.ts'

export interface OpenLocker {
  readonly locker: Locker
  readonly db: LogDb
  readonly cipher: Cipher
  /** Wraps the same key for another PIN. */
  changePin(pin: string, isPhrase: boolean): Promise<void>
  hasPasskey(): Promise<boolean>
  /** Whether somebody else has a locker here. */
  isShared(): Promise<boolean>
  /** Wraps the same key for a passkey of this device too. False on a shared device: whoever can unlock that is not always this person. */
  addPasskey(passkey: PasskeyAnswer): Promise<boolean>
  dropPasskey(): Promise<void>
  /** What the lock screen shows of where this is. */
  standAt(place: string): Promise<void>
}

export interface NewPin {
  readonly account: SignedIn
  readonly pin: string
  readonly isPhrase: boolean
  /** What the lock screen shows of where this is. */
  readonly place: string
  /** Chosen by a measurement unless given. */
  readonly kdf?: KdfParams
}

/**
 * Gives a person a locker and moves everything of the open store into it; the open store is emptied. What is recorded here meanwhile waits, and is
 * stored in the locker. A locker the person had before, whose PIN was forgotten, is closed for ever: what waits in it is still sent. Undefined,
 * and nothing has changed, when the open store is no longer this person's: who signed out in another tab, or has set a PIN there, has no locker
 * made by this one.
 */
export async function makeLocker(stores: Stores, from: LogDb, { account, pin, isPhrase, place, kdf }: NewPin): Promise<Locker | undefined> {
  const { lockers, now, newId } = stores
  const id = `${OPEN_STORE}-${newId()}`
  const [person, device] = [account.me.staff, account.device.id]
  const key = crypto.getRandomValues(new Uint8Array(32))
  const wrap = await wrapKey(key, pin, kdf ?? (await chooseParams()), await lockers.deviceKey(), placeOf({ id, person, device }))
  const who = hashOfUser(id, account.username ?? account.me.name)
  const locker: Locker = { id, person, device, who, isPhrase, place, wrap, tries: NO_TRIES, usedAt: now() }
  const db = await sealedStore(stores, id, openCipher(key), from)
  // From here to its end nothing is written in the open store, by whomever.
  const moving = await beginMoving(from)
  if (!moving) return undefined
  const held = await lockers.all()
  const before = held.filter((each) => each.person === person)
  try {
    if ((await readFact(from, 'account'))?.me.account !== account.me.account) return undefined
    await moveEverything(from, db)
    await takeUpChain(stores, db, device)
    await shareKey(stores, db)
    // From now on the device is shared: whoever can unlock it is not always the one whose locker a passkey opened. In one write with the end of
    // the person's own before it: nobody has two that open.
    const rest = held.map((each): Locker => (each.person === person ? { ...withoutPasskey(each), wrap: null } : withoutPasskey(each)))
    await lockers.put(locker, ...rest)
  } finally {
    // Asked anew: a write that was cut off may have arrived.
    const isNoted = (await lockers.all()).some((each) => each.id === id)
    if (isNoted) await moving.goOnIn(db)
    else {
      await db.delete()
      await moving.stay()
    }
  }
  setShut(true)
  for (const each of before) await shred(stores, each)
  await emptyWhatMoved(from, db)
  from.close()
  // A tap that comes before the page has gone opens it again.
  db.close({ disableAutoOpen: false })
  return locker
}

/** A locker's store with its seal; `from` is where the keys for handing over are read. */
async function sealedStore(stores: Stores, id: string, cipher: Cipher, from: LogDb): Promise<LogDb> {
  const { relay, signIns } = await readFacts(from, 'relay', 'signIns')
  return storeNamed(stores, id, openRowSeal(cipher, relay && (await openParcelMaker(relay, signIns))))
}

export type Unlocked =
  | { readonly kind: 'open'; readonly opened: OpenLocker }
  | { readonly kind: 'wrong'; readonly left: number }
  /** Too many wrong ones: not before this time. */
  | { readonly kind: 'wait'; readonly until: Instant }
  /** The last wrong one: nothing can be read here any more. Sign in with the password. */
  | { readonly kind: 'gone' }
  /** What answered was not the passkey that opens this one. */
  | { readonly kind: 'otherPasskey' }

const asItIs = async ({ lockers }: Stores, held: Locker): Promise<Locker | undefined> =>
  (await lockers.all()).find(({ id }) => id === held.id)

/** Tries a PIN. The try is counted before it is made: ending the app in the middle gains nothing. */
export async function unlock(stores: Stores, held: Locker, pin: string): Promise<Unlocked> {
  const { lockers, now } = stores
  const locker = await asItIs(stores, held)
  if (!locker?.wrap) return { kind: 'gone' }
  const until = nextTryAt(locker.tries, now())
  if (until > now()) {
    // A clock that was put back: the delay counts from when that is seen, not from a time that is years away.
    if (locker.tries.at > now()) await lockers.put({ ...locker, tries: { ...locker.tries, at: now() } })
    return { kind: 'wait', until }
  }
  const wrong = locker.tries.wrong + 1
  await lockers.put({ ...locker, tries: { wrong, at: now() } })
  const key = await unwrapKey(locker.wrap, pin, await lockers.deviceKey(), placeOf(locker))
  if (!key) {
    if (wrong < MOST_TRIES) return { kind: 'wrong', left: MOST_TRIES - wrong }
    await shred(stores, locker)
    return { kind: 'gone' }
  }
  return opening(stores, locker, key)
}

/** Opens a locker by what a passkey of this device answered. Nobody can guess that: nothing is counted, and wrong PINs make nobody wait. */
export async function unlockByPasskey(stores: Stores, held: Locker, answer: PasskeyAnswer['answer']): Promise<Unlocked> {
  const locker = await asItIs(stores, held)
  if (!locker?.wrap) return { kind: 'gone' }
  const key = locker.passkey && (await unwrapByPasskey(locker.passkey, answer, await stores.lockers.deviceKey(), placeOf(locker)))
  return key ? opening(stores, locker, key) : { kind: 'otherPasskey' }
}

async function opening(stores: Stores, locker: Locker, key: Uint8Array<ArrayBuffer>): Promise<Unlocked> {
  const used: Locker = { ...locker, tries: NO_TRIES, usedAt: stores.now() }
  await stores.lockers.put(used)
  return { kind: 'open', opened: await open(stores, used, key) }
}

async function open(stores: Stores, locker: Locker, key: Uint8Array<ArrayBuffer>): Promise<OpenLocker> {
  const { id, device } = locker
  const cipher = openCipher(key)
  // A sign-in that ended before its PIN was set, or a PIN set while the power failed, leaves the open store behind.
  const left = (await isThere(stores, OPEN_STORE)) ? storeNamed(stores, OPEN_STORE) : undefined
  const db = await withStore(stores, id, async (plain) => {
    if (left) await addSignIns(plain, (await readFact(left, 'signIns')) ?? [])
    return sealedStore(stores, id, cipher, plain)
  })
  if (left) {
    await noteMoved(left)
    const beside = await moveOwn(left, db)
    await takeUpChain(stores, db, device, beside)
    await shareKey(stores, left)
    await left.delete()
  }
  await takeUpChain(stores, db, device)
  const { lockers } = stores
  /** As it is by now: a locker that has gone meanwhile does not come back. */
  const change = async (what: (now: Locker) => Locker): Promise<void> => {
    const now = await asItIs(stores, locker)
    if (now) await lockers.put(what(now))
  }
  const isShared = async (): Promise<boolean> => (await lockers.all()).some((each) => each.wrap !== null && each.id !== id)
  return {
    locker,
    db,
    cipher,
    hasPasskey: async () => (await asItIs(stores, locker))?.passkey !== undefined,
    isShared,
    async changePin(pin, isPhrase) {
      const wrap = await wrapKey(key, pin, await chooseParams(), await lockers.deviceKey(), placeOf(locker))
      await change((now) => ({ ...now, wrap, isPhrase, tries: NO_TRIES }))
    },
    async addPasskey(answer) {
      if (await isShared()) return false
      const passkey = await wrapForPasskey(key, answer, await lockers.deviceKey(), placeOf(locker))
      await change((now) => ({ ...now, passkey }))
      return true
    },
    dropPasskey: () => change(withoutPasskey),
    standAt: (place) => change((now) => ({ ...now, place })),
  }
}
