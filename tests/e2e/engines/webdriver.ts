/** A tab over W3C WebDriver. A session has one tab in its hand at a time, so every order takes its own up first, one order after another. */
import { callOf, type Handle, type Tab, within } from './engine.ts'

export type Ask = <T>(method: 'GET' | 'POST' | 'DELETE', where: string, body?: object) => Promise<T>

/** What the protocol calls an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
type Found = Readonly<Record<string, string>> | null

const MOST_MS = 40_000
const queues = new WeakMap<Ask, Promise<unknown>>()

/** Opens a tab; the first one of a session is there already. */
export async function openTab(ask: Ask, isFirst: boolean): Promise<Tab> {
  const handle = isFirst
    ? await ask<string>('GET', '/window')
    : (await ask<{ handle: string }>('POST', '/window/new', { type: 'tab' })).handle
  const order = <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const mine = (queues.get(ask) ?? Promise.resolve()).then(async () => {
      await ask('POST', '/window', { handle })
      return work()
    })
    queues.set(
      ask,
      mine.catch(() => undefined),
    )
    return within(MOST_MS, what, mine)
  }
  const elementPath = (element: Handle): string => `/element/${(element as Record<string, string>)[ELEMENT]}`
  const press = (element: Handle) => order('press', () => ask<void>('POST', `${elementPath(element)}/click`, {}))
  return {
    goto: (url) => order(url, () => ask<void>('POST', '/url', { url })),
    reload: () => order('reload', () => ask<void>('POST', '/refresh', {})),
    async run<A extends readonly unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
      const script = `const done = arguments[arguments.length - 1]
        ;(async () => ${callOf(work as never, args)})().then((value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: String(error) })))`
      const said = await order('run', () => ask<string>('POST', '/execute/async', { script, args: [] }))
      const { value, error } = JSON.parse(said) as { value: T; error?: string }
      if (error !== undefined) throw new Error(`In the page: ${error}`)
      return value
    },
    async load(script) {
      await order('load', () => ask('POST', '/execute/sync', { script, args: [] }))
    },
    async find(work, ...args) {
      const script = `return ${callOf(work as never, args)}`
      return (await order('find', () => ask<Found>('POST', '/execute/sync', { script, args: [] }))) ?? undefined
    },
    press,
    async type(element, text) {
      await press(element)
      await order('type', () => ask('POST', `${elementPath(element)}/value`, { text }))
    },
    async close() {
      await order('close', () => ask('DELETE', '/window'))
    },
  }
}
