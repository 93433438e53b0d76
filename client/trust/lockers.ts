/**
 * The lockers of this device: one for each person with a PIN, each a database of its own. Here stands what the lock screen needs before any
 * of them is open. No name of a student, and of a teacher only what a hash gives away.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { DeviceId, StaffId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/time.ts'
import type { Tries } from './tries.ts'
import type { PasskeyWrap, Wrap } from './wrap.ts'

export interface Locker {
  /** Also the name of its database. */
  readonly id: string
  readonly person: StaffId
  readonly device: DeviceId
  /** The user name, hashed with the id. */
  readonly who: string
  /** Whether it opens with a passphrase instead of digits. */
  readonly isPhrase: boolean
  /** Of the school, or the district: what the lock screen shows. */
  readonly place: string
  /** Null when nobody can open it any more: what is unsent in it still goes out, then it goes. */
  readonly wrap: Wrap | null
  /** Where a passkey opens it too: only on a device that has no other locker. */
  readonly passkey?: PasskeyWrap
  readonly tries: Tries
  readonly usedAt: Instant
}

const NAME = 'recoup-lockers'

export function withoutPasskey(locker: Locker): Locker {
  const { passkey: _passkey, ...rest } = locker
  return rest
}

/** What a locker's key belongs to. */
export const placeOf = ({ id, person, device }: Pick<Locker, 'id' | 'person' | 'device'>): string => `${id} ${person} ${device}`
export const hashOfUser = (id: string, username: string): string =>
  bytesToHex(sha256(new TextEncoder().encode(`${id} ${username.trim().toLowerCase()}`)))

/** The store of lockers of a browser; made when it is first written to. */
export interface Lockers {
  all(): Promise<readonly Locker[]>
  /** All of them or, when the power fails, none. */
  put(locker: Locker, ...others: readonly Locker[]): Promise<void>
  /** One that is not there yet; false, and nothing has changed, where it is. */
  add(locker: Locker): Promise<boolean>
  remove(id: string): Promise<void>
  /** The browser's own key, made the first time. */
  deviceKey(): Promise<CryptoKey>
}

/** It wraps, and nobody can read it, not even this program. */
const makeDeviceKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the store did not answer'))
  })

/** Opens it for each thing that is asked: it is asked rarely, and an open connection would hold up who deletes it. */
export function openLockers(factory: IDBFactory): Lockers {
  async function within<T>(mode: IDBTransactionMode, work: (lockers: IDBObjectStore, keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    // As it is, also as an app of tomorrow left it; where there is none, the first.
    const opening = factory.open(NAME)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('lockers', { keyPath: 'id' })
      opening.result.createObjectStore('keys')
    }
    const db = await asked(opening)
    try {
      const transaction = db.transaction(['lockers', 'keys'], mode, { durability: 'strict' })
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('the store ended the write'))
      })
      const request = work(transaction.objectStore('lockers'), transaction.objectStore('keys'))
      await done
      return request.result
    } finally {
      db.close()
    }
  }
  return {
    async all() {
      // Asking makes no database where nobody has a PIN.
      if (!(await factory.databases()).some(({ name }) => name === NAME)) return []
      return within<Locker[]>('readonly', (lockers) => lockers.getAll())
    },
    async put(locker, ...others) {
      await within('readwrite', (lockers) => {
        for (const other of others) lockers.put(other)
        return lockers.put(locker)
      })
    },
    add: (locker) =>
      within('readwrite', (lockers) => lockers.add(locker)).then(
        () => true,
        async (error: unknown) => {
          const isThere = (await within<Locker[]>('readonly', (lockers) => lockers.getAll())).some(({ id }) => id === locker.id)
          if (isThere) return false
          throw error
        },
      ),
    remove: (id) => within('readwrite', (lockers) => lockers.delete(id)),
    async deviceKey() {
      const held = (): Promise<CryptoKey | undefined> => within('readonly', (_, keys) => keys.get('wrap'))
      const before = await held()
      if (before) return before
      const made = await makeDeviceKey()
      try {
        await within('readwrite', (_, keys) => keys.add(made, 'wrap'))
        return made
      } catch (error) {
        // Another tab was first: what it wraps opens with its key alone.
        const first = await held()
        if (first) return first
        throw error
      }
    },
  }
}
