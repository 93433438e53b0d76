/** A person at a desk: the real client over the real server, at one address. For files that run in jsdom. */
import { NO_PIN } from './noPin.ts'
import 'fake-indexeddb/auto'
import { cleanup, render, waitFor } from '@testing-library/react'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import '../../client/words/late.ts'
import { DeviceContext } from '../../client/log/useAttendance.ts'
import { DeskRoutes } from '../../client/screens/desk/DeskRoutes.tsx'
import { setLanguage } from '../../client/words/index.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import type { Browser, TestServer } from '../server/testServer.ts'
import type { RealTablet } from './realTablet.ts'
import { openRealTablet, through } from './realTablet.ts'

beforeEach(() => {
  setLanguage('en')
  // jsdom has the element but not its being modal.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true
  }
  HTMLDialogElement.prototype.close = function () {
    this.open = false
  }
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})

/** Lets the screens' requests reach the real server as one browser's. */
export function connect(browser: Browser): void {
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = Object.fromEntries(new Headers(init.headers))
    const body = init.body instanceof Blob ? Buffer.from(await init.body.arrayBuffer()) : (init.body ?? undefined)
    const answer = await browser.ask(init.method as 'GET', path, body, headers)
    return new Response(answer.text, {
      status: answer.status,
      headers: { 'x-recoup-api': answer.headers['x-recoup-api'] === '1' ? '1' : '' },
    })
  })
}

/** Nothing answers any more. */
export const offline = (): void => void vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))

export interface Desk extends RealTablet {
  readonly server: TestServer
  /** Shows an address anew, as a reload would. */
  reopen(path: string): void
}

/** Signs somebody of the small district in and shows one address. */
export async function atDesk(path: string, username: string, given?: TestServer): Promise<Desk> {
  const server = given ?? (await smallDistrict())
  const tablet = await openRealTablet(server)
  const browser = server.browser()
  tablet.network = through(browser)
  connect(browser)
  await tablet.signIn(username)
  await waitFor(() => expect(tablet.store.phase).toBe('ready'))
  const reopen = (where: string): void => {
    cleanup()
    history.replaceState(null, '', where)
    const { db, store, sync, session } = tablet
    render(
      <DeviceContext value={{ db, store, sync, session, newId: v7, version: 'test', ...NO_PIN }}>
        <DeskRoutes />
      </DeviceContext>,
    )
  }
  reopen(path)
  return { ...tablet, server, reopen }
}
