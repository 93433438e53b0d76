/** WebDriver BiDi, as far as the scenarios need it: orders and answers over one socket (w3c.github.io/webdriver-bidi). */
import { callOf, type Handle, type Tab, within } from './engine.ts'

interface Answer {
  readonly id: number | null
  readonly type: 'success' | 'error' | 'event'
  readonly result?: unknown
  readonly error?: string
  readonly message?: string
}

/** No order takes longer on a machine that is alive. */
const MOST_MS = 30_000

export interface Bidi {
  send<T>(method: string, params: object): Promise<T>
  close(): void
}

/** Connects to a browser that listens and begins a session. */
export async function connect(url: string): Promise<Bidi> {
  const socket = new WebSocket(`${url}/session`)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error(`${url} does not answer`))
  })
  let last = 0
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id === null) return
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  }
  const bidi: Bidi = {
    async send<T>(method: string, params: object): Promise<T> {
      const id = ++last
      const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve))
      socket.send(JSON.stringify({ id, method, params }))
      const { type, result, error, message } = await within(MOST_MS, method, answer)
      if (type === 'error') throw new Error(`${method}: ${error}: ${message}`)
      return result as T
    },
    close: () => socket.close(),
  }
  await bidi.send('session.new', { capabilities: {} })
  return bidi
}

interface Evaluated {
  readonly type: 'success' | 'exception'
  readonly result?: { readonly type: string; readonly value?: unknown; readonly sharedId?: string }
  readonly exceptionDetails?: { readonly text: string }
}

/** One tab. Elements are named by the id that the browser shares for them. */
export async function openTab(bidi: Bidi): Promise<Tab> {
  const { context } = await bidi.send<{ context: string }>('browsingContext.create', { type: 'tab' })
  const evaluate = async (functionDeclaration: string): Promise<Evaluated['result']> => {
    const params = { functionDeclaration, target: { context }, awaitPromise: true, userActivation: true }
    const { type, result, exceptionDetails } = await bidi.send<Evaluated>('script.callFunction', params)
    if (type === 'exception') throw new Error(`In the page: ${exceptionDetails?.text}`)
    return result
  }
  const act = (actions: readonly object[]) => bidi.send('input.performActions', { context, actions })
  const press = async (element: Handle): Promise<void> => {
    // The tab in front, so that its page is one that somebody looks at.
    await bidi.send('browsingContext.activate', { context })
    const origin = { type: 'element', element: { sharedId: element } }
    const down = { type: 'pointerDown', button: 0 }
    const up = { type: 'pointerUp', button: 0 }
    await act([{ type: 'pointer', id: 'finger', actions: [{ type: 'pointerMove', x: 0, y: 0, origin }, down, up] }])
  }
  return {
    async goto(url) {
      await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async reload() {
      await bidi.send('browsingContext.reload', { context, wait: 'complete' })
    },
    async run<A extends readonly unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
      const said = await evaluate(`async () => JSON.stringify({ value: await ${callOf(work as never, args)} })`)
      return (JSON.parse(String(said?.value)) as { value: T }).value
    },
    async load(script) {
      await bidi.send('script.evaluate', { expression: script, target: { context }, awaitPromise: false })
    },
    async find(work, ...args) {
      return (await evaluate(`() => ${callOf(work as never, args)}`))?.sharedId
    },
    press,
    async type(element, text) {
      await press(element)
      const keys = Array.from(text).flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await act([{ type: 'key', id: 'keys', actions: keys }])
    },
    async close() {
      await bidi.send('browsingContext.close', { context })
    },
  }
}
