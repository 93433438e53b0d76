/** The real app over a real database in a folder of its own, asked directly; its clock stands until a test moves it. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { onTestFinished } from 'vitest'
import type { SignedIn } from '../../shared/api/people.ts'
import { type Instant, instant } from '../../shared/time.ts'
import { buildApp } from '../../server/app.ts'
import type { Config } from '../../server/config.ts'
import { type Context, openContext } from '../../server/context.ts'
import { restore } from '../../server/log/backup.ts'
import type { App } from '../../server/plugins/app.ts'

/** Sunday 22 November 2026, 10:00 in Los Angeles. */
export const NOW = Date.UTC(2026, 10, 22, 18, 0, 0)
export const PASSWORD = 'a long enough password'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** The body as what the test expects it to be; the test then looks. */
  json<T>(): T
}
export interface Browser {
  ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  signIn(username: string, password?: string): Promise<Answer>
  readonly cookies: Map<string, string>
}
export interface TestServer {
  readonly app: App
  readonly context: Context
  readonly folder: string
  /** Another browser, with no cookies yet, or with those of one of a like server. */
  browser(cookies?: ReadonlyMap<string, string>): Browser
  wait(ms: number): void
}

export const configOf = (folder: string, more: Partial<Config> = {}): Config => ({
  host: '127.0.0.1',
  port: 0,
  data: folder,
  dist: join(folder, 'dist'),
  url: undefined,
  loopback: true,
  ...more,
})

export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An app over an empty data folder, or a copy of one that is like it; gone when the test ends. */
export async function testServer(more: Partial<Config> = {}, like?: string): Promise<TestServer> {
  const folder = newFolder()
  if (like !== undefined) cpSync(like, folder, { recursive: true })
  const clock = { now: NOW }
  const sources = { now: (): Instant => instant(clock.now), newId: () => v7(), random: (bytes: number) => randomBytes(bytes) }
  const context = openContext(configOf(folder, more), sources, 100)
  const app = await buildApp(context)
  onTestFinished(async () => {
    await app.close()
    context.close()
  })
  return { app, context, folder, browser: (cookies) => browserOf(app, cookies), wait: (ms) => void (clock.now += ms) }
}

/** The same district from its backup, as another process. */
export async function restored(server: TestServer, copy: string): Promise<Pick<TestServer, 'app' | 'context' | 'browser'>> {
  const data = join(newFolder(), 'data')
  restore(copy, data, v7())
  const context = openContext(configOf(data), server.context.log.sources, 100)
  const app = await buildApp(context)
  onTestFinished(async () => {
    await app.close()
    context.close()
  })
  return { app, context, browser: (cookies) => browserOf(app, cookies) }
}

/** A browser that asks an app directly, with cookies of its own. */
export function browserOf(app: App, held: ReadonlyMap<string, string> = new Map()): Browser {
  const cookies = new Map(held)
  const browser: Browser = {
    cookies,
    async ask(method, url, body, headers = {}) {
      const reply = await app.inject({
        method,
        url,
        headers: { ...headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      for (const { name, value } of reply.cookies) {
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return { status: reply.statusCode, headers: reply.headers, text: reply.payload, json: () => reply.json() }
    },
    signIn: (username, password = PASSWORD) => browser.ask('POST', '/api/sign-in', { username, password, deviceName: 'Test tablet' }),
  }
  return browser
}

/** Signs in and gives what the server said; throws when it refused. */
export async function signedIn(server: TestServer, username: string, password = PASSWORD): Promise<{ browser: Browser; reply: SignedIn }> {
  const browser = server.browser()
  const answer = await browser.signIn(username, password)
  if (answer.status !== 200) throw new Error(`${username} could not sign in: ${answer.text}`)
  return { browser, reply: answer.json<SignedIn>() }
}
