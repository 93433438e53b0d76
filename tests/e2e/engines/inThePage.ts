/** What the scenarios do within a page. Each function travels there as text: it sees its arguments and the page, and nothing of this file. */
import type * as Names from '@testing-library/dom'

/** Runs in the page: after the next write is complete nothing else happens in it any more. */
export function hangAfterTheNextWrite(): void {
  const { transaction: begin } = IDBDatabase.prototype
  const { add } = IDBObjectStore.prototype
  const recording = new WeakSet<IDBTransaction>()
  // What is recorded is added. What a try to send notes of an entry changes it, and may come in the same moment.
  IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...given) {
    if (this.name === 'events') recording.add(this.transaction)
    return add.apply(this, given)
  }
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...asked) {
    const transaction = begin.apply(this, asked)
    const [stores, mode] = asked
    // Heard before the app hears it.
    if (mode === 'readwrite' && [stores].flat().includes('events')) {
      transaction.addEventListener('complete', () => {
        if (recording.has(transaction)) while (performance.now() >= 0);
      })
    }
    return transaction
  }
}

/** Runs in the page: a button is pressed at a moment, by the machine's clock. The two tabs' moment is the same. */
export const pressAt = (name: string, moment: number): Promise<boolean> =>
  new Promise((resolve) => {
    const { TestingLibraryDom } = globalThis as unknown as { TestingLibraryDom: typeof Names }
    const button = TestingLibraryDom.getByRole(document.body, 'button', { name: new RegExp(`${name}$`, 'i') })
    setTimeout(
      () => {
        while (Date.now() < moment);
        button.click()
        resolve(true)
      },
      moment - Date.now() - 50,
    )
  })

/** Runs in the page: what the tablet holds is noted outside its database, some seconds after the app was opened. */
export const isNoted = async (): Promise<boolean> => {
  for (let i = 0; i < 250 && localStorage.getItem('recoup-held') === null; i++) await new Promise((resolve) => setTimeout(resolve, 100))
  if (localStorage.getItem('recoup-held') === null) throw new Error('what the tablet holds was never noted')
  return true
}

/** Runs in the page. */
export const emptyTheStorage = (): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('recoup')
    request.onsuccess = () => resolve(true)
    request.onerror = () => reject(request.error ?? new Error('it was not deleted'))
  })

/** Runs in the page: whether the space that the app keeps for the day the disk is full is not kept any more. */
export const isSpaceGiven = async (): Promise<boolean> => (await indexedDB.databases()).every(({ name }) => name !== 'recoup-reserve')

/** Runs in the page: stores beside what the app keeps until nothing more goes in, in smaller and smaller pieces; gives how many bytes went in. */
export const fillTheStorage = async (): Promise<number> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('recoup')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('it was not opened'))
  })
  let stored = 0
  let pieces = 0
  const put = (value: Uint8Array) =>
    new Promise<boolean>((resolve) => {
      const transaction = db.transaction('meta', 'readwrite')
      transaction.oncomplete = () => resolve(true)
      transaction.onabort = () => resolve(false)
      try {
        transaction.objectStore('meta').add({ name: `filling ${pieces++}`, value })
      } catch {
        // Firefox ends what is begun while it puts away a transaction that found no room.
        resolve(false)
      }
    })
  for (const size of [1_048_576, 65_536, 4_096, 256]) {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)))
    const piece = new Uint8Array(size)
    for (let at = 0; at < size; at += 65_536) piece.set(bytes, at)
    for (let refused = 0; refused < 2; ) {
      if (await put(piece)) {
        stored += size
        refused = 0
      } else {
        refused++
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    }
  }
  db.close()
  return stored
}

/** Runs in the page: the browser has found another version of the app's worker, and it has all its files. */
export const newVersionWaits = async (): Promise<boolean> => {
  const registration = await navigator.serviceWorker.ready
  await registration.update()
  for (let i = 0; i < 300 && !registration.waiting; i++) await new Promise((resolve) => setTimeout(resolve, 50))
  if (!registration.waiting) throw new Error('no new version waits')
  return true
}

/** Runs in the page: the version that waited is the one in charge. */
export const isReplaced = async (): Promise<boolean> => {
  const registration = await navigator.serviceWorker.ready
  for (let i = 0; i < 300 && registration.waiting; i++) await new Promise((resolve) => setTimeout(resolve, 50))
  if (registration.waiting) throw new Error('the new version still waits')
  return true
}
