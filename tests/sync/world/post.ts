/** Between tablets and server: what is asked lies here until the simulator carries it, loses it, repeats it, or lets somebody else answer. */
import type * as z from 'zod/mini'
import type { Method, Reply } from '../../../client/sync/http.ts'
import { readReply } from '../../../client/sync/http.ts'
import { eventHash } from '../../../shared/sync/chain.ts'
import type { Tab } from './device.ts'
import { idle, turn } from './disk.ts'
import type { Answer } from './server.ts'

export type { Reply } from '../../../client/sync/http.ts'
export type Send = <T>(schema: z.ZodMiniType<T>, method: Method, path: string, body?: unknown) => Promise<Reply<T>>

/** A request on its way. */
export interface Letter {
  readonly tab: Tab
  readonly method: string
  readonly path: string
  readonly body: unknown
  /** Who was signed in on the device when it asked. */
  readonly person: string | null
  /** What comes back; null while nobody has answered, `'nothing'` when nobody will. */
  answer: Answer | 'nothing' | null
  /** Gives the answer to the one who waits. */
  hand(): void
}

/** Work of a tab that may wait for the network. */
export interface Task {
  readonly tab: Tab
  readonly what: 'sync' | 'sign out'
  letter: Letter | null
  finished: boolean
  said: string
}

/** Starts work of a tab and lets it go on until it waits for the network or is over. */
export async function begin(tab: Tab, what: Task['what'], work: (send: Send) => Promise<string>): Promise<Task> {
  const task: Task = { tab, what, letter: null, finished: false, said: '' }
  const send: Send = (schema, method, path, body) =>
    new Promise((resolve) => {
      const letter: Letter = {
        tab,
        method,
        path,
        body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
        person: tab.device.person,
        answer: null,
        hand() {
          const { answer } = letter
          task.letter = null
          if (answer === null || answer === 'nothing') resolve({ kind: 'offline' })
          else resolve(readReply(schema, answer.status, answer.header, answer.text))
        },
      }
      task.letter = letter
    })
  void work(send).then(
    (said) => over(task, said),
    (error: unknown) => over(task, `failed: ${String(error)}`),
  )
  await rest(task)
  return task
}

function over(task: Task, said: string): void {
  task.said = said
  task.finished = true
}

/** Resolves when a task waits for the network again, or is over. */
export async function rest(task: Task): Promise<void> {
  while (!task.finished && !task.letter) await turn()
  await idle()
}

export type Fault =
  | 'none'
  | 'request lost'
  | 'reply lost'
  | 'twice'
  | 'late again'
  | 'portal'
  | 'too large'
  | 'busy'
  | 'refused'
  | 'forged'
  | 'not ours'

const refusal = (status: number, code: string): Answer => ({ status, header: '1', text: JSON.stringify({ code, message: 'Not now.' }) })

/** What somebody in between answers in the server's place; undefined when the fault is of another kind. */
export function inBetween(fault: Fault): Answer | undefined {
  switch (fault) {
    case 'portal':
      return { status: 200, header: null, text: '<html><body>Welcome to the school network</body></html>' }
    case 'not ours':
      return { status: 200, header: '1', text: '{"ok":true}' }
    case 'too large':
      return refusal(413, 'tooLarge')
    case 'busy':
      return refusal(503, 'busy')
    case 'refused':
      return refusal(401, 'signIn')
    case 'none':
    case 'request lost':
    case 'reply lost':
    case 'twice':
    case 'late again':
    case 'forged':
      return undefined
  }
}

/** A receipt that somebody made up: it says of every event that it was accepted, and the district never saw one of them. */
export function forged(letter: Letter): Answer {
  const events = (letter.body as { events?: readonly { id: string; device: string }[] } | undefined)?.events ?? []
  const results = events.map((event, index) => ({
    index,
    id: event.id,
    hash: eventHash(event),
    outcome: 'accepted',
    seq: index + 1,
    reason: null,
  }))
  const body = JSON.stringify({ epoch: 'made up', device: events[0]?.device ?? '', at: 0, results })
  return { status: 200, header: '1', text: JSON.stringify({ receipt: { body, signature: btoa('made up') }, serverTime: 0 }) }
}
