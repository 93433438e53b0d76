/**
 * The disks of a simulated world, and waiting for them. Waiting for a store in memory to have nothing more to do. Only one actor of a simulated world moves at a time; it has come to rest when
 * no transaction is open and none follows. So the same seed is the same history.
 */
import './machine.ts'
import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb'

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

let open = 0
const transaction = IDBDatabase.prototype.transaction
IDBDatabase.prototype.transaction = function (...given: Parameters<typeof transaction>) {
  const begun = transaction.apply(this, given)
  open++
  const over = (): void => void open--
  begun.addEventListener('complete', over)
  begun.addEventListener('abort', over)
  return begun
}

/** What is wrong with the disks: none takes anything more; or each writes something else than it was given. */
export const disk: { isFull: boolean; writes: ((row: object) => object) | undefined } = { isFull: false, writes: undefined }

const { add } = IDBObjectStore.prototype
IDBObjectStore.prototype.add = function (value: object, key?: IDBValidKey) {
  if (disk.isFull) throw new DOMException('the disk is full', 'QuotaExceededError')
  return add.call(this, disk.writes?.(value) ?? value, key)
}

/** Resolves when every transaction is over and, for some turns, nobody began another. */
export async function idle(): Promise<void> {
  for (let calm = 0; calm < 5; ) {
    await turn()
    calm = open === 0 ? calm + 1 : 0
  }
}
