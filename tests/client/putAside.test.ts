// The browser puts a page aside and comes back to it: the store must not be held meanwhile.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { LogDb, writeFact } from '../../client/log/db.ts'
import { letGoWhenPutAside } from '../../client/log/putAside.ts'
import { instant } from '../../shared/time.ts'

test('What a page was at when it was put aside is cut off, which is no fault of the app; before that, and anything else, is one', () => {
  const page = new EventTarget()
  const db = new LogDb(v7())
  letGoWhenPutAside(db, page, () => undefined)
  const isPassedOver = (name: string) => {
    const reason = Object.assign(new Error(name), { name })
    return !page.dispatchEvent(Object.assign(new Event('unhandledrejection', { cancelable: true }), { reason }))
  }
  expect(isPassedOver('DatabaseClosedError')).toBe(false)
  page.dispatchEvent(new Event('pagehide'))
  expect(['DatabaseClosedError', 'AbortError', 'InvalidStateError', 'TypeError'].map(isPassedOver)).toEqual([true, true, true, false])
})

test('A page that is put aside lets go of the store: what a tap wrote is written, what the library was at is ended', async () => {
  const page = new EventTarget()
  const db = new LogDb(v7())
  await db.open()
  letGoWhenPutAside(db, page, () => undefined)
  const store = db.backendDB()
  const transaction = store.transaction('meta', 'readwrite')
  transaction.objectStore('meta').put({ name: 'lastPulledAt', value: 1 })
  const written = new Promise((resolve) => (transaction.oncomplete = resolve))
  // In the middle of something long: it would not be over before the page is stopped.
  let isBegun = () => undefined as void
  const begun = new Promise<void>((resolve) => (isBegun = resolve))
  const long = db.transaction('rw', db.meta, db.parcels, async () => {
    await db.parcels.put({ id: 'a', at: instant(1), state: 'waiting', bytes: '' })
    isBegun()
    for (;;) await db.parcels.count()
  })
  const ended = expect(long).rejects.toThrow(/abort/i)
  await begun
  page.dispatchEvent(new Event('pagehide'))
  expect(db.isOpen()).toBe(false)
  await ended
  expect(() => store.transaction('meta')).toThrow(/not allowed/)
  await written
  // Nobody who still asks opens it again.
  await expect(writeFact(db, 'lastPulledAt', instant(2))).rejects.toThrow(/clos/)
  const next = new LogDb(db.name)
  expect(await next.meta.toArray()).toEqual([{ name: 'lastPulledAt', value: 1 }])
  expect(await next.parcels.count()).toBe(0)
  next.close()
})

test('A page that comes back begins anew; one that is opened does not', () => {
  const page = new EventTarget()
  let begun = 0
  letGoWhenPutAside(new LogDb(v7()), page, () => begun++)
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }))
  expect(begun).toBe(0)
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  expect(begun).toBe(1)
})
