/**
 * Transactions that have begun and are not over. A browser that stops a page in the middle of one lets every other page of the app wait for
 * it, so whoever puts the page aside ends them first. A tap's own write needs no ending: all of it is asked for in one turn.
 */
const running = new Set<IDBTransaction>()

/** Counts a transaction among them until it is over; gives it back. */
export function track(transaction: IDBTransaction): IDBTransaction {
  running.add(transaction)
  for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => running.delete(transaction))
  return transaction
}

/** Ends them all. Nothing that a person was told is stored is among them: what they did is asked for again, or done again by the next round. */
export function endRunning(): void {
  for (const transaction of running) {
    try {
      transaction.abort()
    } catch {
      // It was being completed already.
    }
  }
}
