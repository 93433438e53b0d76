/** The client's own log, ledger and sync over a store in memory, speaking to the real server; each named store is another device. */
import 'fake-indexeddb/auto'
import { v7 } from 'uuid'
import { onTestFinished } from 'vitest'
import type * as z from 'zod/mini'
import { openAttendanceStore } from '../../client/log/attendanceStore.ts'
import type { AttendanceStore } from '../../client/log/attendanceStore.ts'
import { LogDb } from '../../client/log/db.ts'
import type { Hint, Hints } from '../../client/log/hints.ts'
import { deviceReport } from '../../client/sync/deviceReport.ts'
import type { Method, Reply } from '../../client/sync/http.ts'
import { readReply } from '../../client/sync/http.ts'
import { openSync } from '../../client/sync/syncLoop.ts'
import type { Sync } from '../../client/sync/syncLoop.ts'
import { openSession } from '../../client/trust/session.ts'
import type { SessionKeeper } from '../../client/trust/session.ts'
import type { SignedIn } from '../../shared/api/people.ts'
import { SignedIn as SignedInSchema } from '../../shared/api/people.ts'
import { instant } from '../../shared/time.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import { NOW, PASSWORD } from '../server/testServer.ts'

export type Send = <T>(schema: z.ZodMiniType<T>, method: Method, path: string, body?: unknown) => Promise<Reply<T>>

/** A channel between tabs that delivers on the next turn, as the browser's does, and not to the one who spoke. */
export function tabs(): () => Hints {
  const all = new Set<(hint: Hint) => void>()
  return () => {
    const own = new Set<(hint: Hint) => void>()
    return {
      post: (hint) => {
        for (const listener of all) if (!own.has(listener)) setTimeout(() => listener(hint))
      },
      listen: (listener) => {
        all.add(listener)
        own.add(listener)
        return () => all.delete(listener)
      },
    }
  }
}

export interface RealTablet {
  readonly db: LogDb
  readonly store: AttendanceStore
  readonly sync: Sync
  readonly session: SessionKeeper
  readonly clock: { now: number }
  /** What stands between the tablet and the server; a test may put something else there. */
  network: Send
  signIn(username: string): Promise<SignedIn>
  /** Another tab of the same device. */
  tab(): Promise<AttendanceStore>
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
export const offline: Send = () => Promise.resolve({ kind: 'offline' })

/** The server as the tablet's network reaches it: the same reading of replies as in the app, without the wire. */
export const through =
  (browser: Browser): Send =>
  async (schema, method, path, body) => {
    const answer = await browser.ask(method, path, body)
    const header = answer.headers['x-recoup-api']
    return readReply(schema, answer.status, typeof header === 'string' ? header : null, answer.text)
  }

/** `held` is a store that is open already: of somebody with a PIN. */
export async function openRealTablet(server: TestServer, name = v7(), held?: LogDb, network?: Send): Promise<RealTablet> {
  const db = held ?? new LogDb(name)
  const channel = tabs()
  const hints = channel()
  const clock = { now: NOW }
  const now = () => instant(clock.now)
  const store = openAttendanceStore({ db, hints, now, newId: v7, breathe: turn })
  const send: Send = (schema, method, path, body) => tablet.network(schema, method, path, body)
  const sync = openSync({
    db,
    store,
    hints,
    send,
    random: () => 0.5,
    breathe: turn,
    report: (parity) => deviceReport({ store, parity, storage: async () => ({ persisted: true, free: null }), version: 'test' }),
  })
  const session = openSession({ db, store, sync, hints, send, askToPersist: async () => true })
  const others: LogDb[] = []
  const stores: AttendanceStore[] = [store]
  onTestFinished(async () => {
    await sync.now()
    for (const each of stores) each.stop()
    for (const each of [db, ...others]) each.close()
  })
  const tablet: RealTablet = {
    db,
    store,
    sync,
    session,
    clock,
    network: network ?? through(server.browser()),
    async signIn(username) {
      const reply = await send(SignedInSchema, 'POST', '/api/sign-in', { username, password: PASSWORD, deviceName: 'Tablet' })
      if (reply.kind !== 'ok') throw new Error(`${username} could not sign in: ${JSON.stringify(reply)}`)
      await session.signedIn(reply.value)
      await sync.now()
      return reply.value
    },
    async tab() {
      const second = new LogDb(db.name)
      others.push(second)
      const other = openAttendanceStore({ db: second, hints: channel(), now, newId: v7, breathe: turn })
      stores.push(other)
      await (await other.start(null)).rest
      return other
    },
  }
  await (await store.start(null)).rest
  return tablet
}
