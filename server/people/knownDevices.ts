/** Which devices are known as whose: a person came in there before. A credential alone says nothing of that: whoever signs in anywhere gets one. */
import type { Log } from '../log/log.ts'

export type KnownDevices = ReturnType<typeof openKnownDevices>

/** Known devices of an open log. */
export function openKnownDevices({ db }: Pick<Log, 'db'>) {
  const put = db.prepare('INSERT OR IGNORE INTO known_device (account, device) SELECT id, ? FROM account WHERE staff = ?')
  const one = db.prepare<[string, string], number>('SELECT 1 FROM known_device WHERE account = ? AND device = ?').pluck()
  return {
    /** A person of the staff came in on a device. Within a transaction. */
    note: (staff: string, device: string): void => void put.run(device, staff),
    has: (account: string, device: string): boolean => one.get(account, device) === 1,
  }
}
