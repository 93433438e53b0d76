/** Requests made from the API's own description, mostly right and a little wrong, as everybody who may ask and as some who may not. */
import type { Schema } from './openApi.ts'
import { type Random, random } from './random.ts'
import { stopwatch } from './running.ts'
import type { Browser, TestServer } from '../server/testServer.ts'

type Method = Parameters<Browser['ask']>[0]

export interface Fuzzed {
  readonly requests: number
  readonly byStatus: ReadonlyMap<number, number>
  /** What must not happen, in words. */
  readonly faults: readonly string[]
  readonly slowestMs: number
  /** Where the time went: how often each route was asked, and the milliseconds it took together. */
  readonly byRoute: ReadonlyMap<string, { readonly times: number; readonly ms: number }>
}

/** Somebody who asks, and words that must never be in an answer to them. */
export interface Asker {
  readonly name: string
  readonly browser: Browser
  readonly never: readonly string[]
}

const WEIRD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '😀'.repeat(40),
  'x'.repeat(5000),
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '../../etc/passwd',
  '<script>',
  '=HYPERLINK("x")',
  [],
  {},
  [[[[[]]]]],
  '2026-02-30',
  '99:99',
]
/** These open files, start long work or derive keys: asked now and then, so that the others are asked often. */
const HEAVY = /sign-in|password|invites\/|setup\/|policy\/preview|packets|\.pdf|\.xlsx|step-up|stas|periods/
/** Ends the asker's session, or takes away the ground the others stand on. */
const SKIPPED = /sign-out|PUT \/api\/trust|revoke|imports\/.*\/commit/

/** So many are asked at once: what waits for the disk or for a key keeps nobody else waiting. */
const AT_ONCE = 8

/** Asks `requests` times. The same seed asks the same. */
export async function fuzz(
  server: TestServer,
  askers: readonly Asker[],
  known: readonly string[],
  requests: number,
  seed: number,
): Promise<Fuzzed> {
  const chance = random(seed)
  await server.app.ready()
  const usable = operationsOf(server)
  const byStatus = new Map<number, number>()
  const byRoute = new Map<string, { times: number; ms: number }>()
  const faults: string[] = []
  let slowestMs = 0
  let asked = 0

  async function one(n: number): Promise<void> {
    const { path, method, operation } = pick(usable, chance)
    const asker = chance.pick(askers)
    const url = urlOf(path, operation, known, chance)
    const content = operation.requestBody?.content?.['application/json']?.schema
    const body = content === undefined ? undefined : bend(make(content, known, chance, 0), chance)
    const took = stopwatch()
    const answer = await asker.browser.ask(method, url, isSendable(body) ? body : undefined)
    const ms = await took()
    slowestMs = Math.max(slowestMs, ms)
    const route = byRoute.get(`${method} ${path}`) ?? { times: 0, ms: 0 }
    byRoute.set(`${method} ${path}`, { times: route.times + 1, ms: route.ms + ms })
    byStatus.set(answer.status, (byStatus.get(answer.status) ?? 0) + 1)
    const fault = (what: string): void =>
      void faults.push(
        `seed ${seed} request ${n}: ${asker.name} ${method} ${url} ${JSON.stringify(body)?.slice(0, 300)} -> ${answer.status} ${what}`,
      )
    if (answer.status >= 500 && answer.status !== 503 && answer.status !== 507) fault(answer.text.slice(0, 200))
    for (const word of asker.never) if (answer.text.includes(word)) fault(`tells ${word}`)
    if (ms > 10_000) fault(`took ${Math.round(ms)} ms`)
  }
  const askOn = async (): Promise<void> => {
    while (asked < requests) await one(asked++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askOn))
  return { requests, byStatus, faults, slowestMs, byRoute }
}

/** Draws what makes a request whole: every field that may be there, and one of each list. */
const WHOLE: Random = {
  next: () => 0,
  below: (most) => (most === 4 ? 1 : 0),
  pick: (from) => from[0] as (typeof from)[0],
  hex: (n) => '0'.repeat(n),
}

/**
 * Asks every route as often as it takes texts, with `said` in one of them and the rest as described, or as `own` has it by the name of the field: who
 * asks has a device, and a date is one. Gives how often, and what was answered.
 */
export async function askInEveryText(
  server: TestServer,
  { browser }: Asker,
  known: readonly string[],
  said: string,
  own: Readonly<Record<string, unknown>> = {},
): Promise<ReadonlyMap<number, number>> {
  await server.app.ready()
  const byStatus = new Map<number, number>()
  const ask = async (method: Method, url: string, body?: unknown): Promise<void> => {
    const { status } = await browser.ask(method, url, isSendable(body) ? body : undefined)
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
  }
  for (const { path, method, operation } of operationsOf(server)) {
    const content = operation.requestBody?.content?.['application/json']?.schema
    const body = () => (content === undefined ? undefined : withOwn(make(content, known, WHOLE, 0), own))
    for (const { name } of operation.parameters ?? []) {
      const value = (one: string) => (one === name ? said : (known[0] ?? ''))
      const url = path.replaceAll(/\{(\w+)\}/g, (_, one: string) => encodeURIComponent(value(one)))
      const query = (operation.parameters ?? []).filter((one) => one.in === 'query' && (one.required === true || one.name === name))
      const asked = query.map((one) => `${one.name}=${encodeURIComponent(value(one.name))}`).join('&')
      await ask(method, asked === '' ? url : `${url}?${asked}`, body())
    }
    const url = path.replaceAll(/\{\w+\}/g, known[0] ?? '')
    for (let n = 0; ; n++) {
      const whole = body()
      if (!sayAt(whole, n, said)) break
      await ask(method, url, whole)
    }
  }
  return byStatus
}

/** Whatever stands under a name that `own` has becomes what that has. */
function withOwn(value: unknown, own: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'object' && value !== null)
    for (const name of Object.keys(value)) if (name in own) Reflect.set(value, name, own[name])
  return value
}

/** Puts a text in the place of the `n`th one inside a value; false when there are fewer. */
function sayAt(value: unknown, n: number, said: string): boolean {
  let before = 0
  const visit = (held: unknown): boolean =>
    typeof held === 'object' &&
    held !== null &&
    Object.keys(held).some((name) => {
      const member: unknown = Reflect.get(held, name)
      if (typeof member !== 'string') return visit(member)
      return before++ === n && Reflect.set(held, name, said)
    })
  return visit(value)
}

interface Usable {
  readonly path: string
  readonly method: Method
  readonly operation: Operation
}

function operationsOf(server: TestServer): readonly Usable[] {
  const { paths } = server.app.swagger() as { paths: Record<string, Record<string, Operation>> }
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase() as Method, operation })),
    )
    .filter(({ path, method }) => !SKIPPED.test(`${method} ${path}`))
}

function pick(usable: readonly Usable[], chance: Random): Usable {
  const one = chance.pick(usable)
  return HEAVY.test(one.path) && chance.below(40) !== 0 ? pick(usable, chance) : one
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema; readonly required?: boolean }[]
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema: Schema } | undefined>> }
}

const isSendable = (body: unknown): body is object => typeof body === 'object' && body !== null

function urlOf(path: string, { parameters = [] }: Operation, known: readonly string[], chance: Random): string {
  const text = (schema: Schema): string => {
    const value = chance.below(6) === 0 ? chance.pick(WEIRD) : make(schema, known, chance, 0)
    return encodeURIComponent(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 1500)
  }
  let url = path
  for (const { name, schema } of parameters.filter((one) => one.in === 'path')) url = url.replace(`{${name}}`, text(schema) || 'x')
  const query = parameters
    .filter((one) => one.in === 'query' && (one.required === true || chance.below(2) === 0))
    .map(({ name, schema }) => `${name}=${text(schema)}`)
  return query.length === 0 ? url : `${url}?${query.join('&')}`
}

/** A value that a schema describes, more or less. */
function make(schema: Schema, known: readonly string[], chance: Random, depth: number): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return chance.pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return make(chance.pick(choices), known, chance, depth + 1)
  const type = Array.isArray(schema.type) ? chance.pick(schema.type) : schema.type
  switch (type) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {}).filter(
        ([name]) => (schema.required ?? []).includes(name) || chance.below(2) === 0,
      )
      return Object.fromEntries(entries.map(([name, one]) => [name, make(one, known, chance, depth + 1)]))
    }
    case 'array':
      return Array.from({ length: depth > 4 ? 0 : chance.below(4) }, () => make(schema.items ?? {}, known, chance, depth + 1))
    case 'integer':
    case 'number':
      return Math.floor(Math.max(schema.minimum ?? 0, 0)) + chance.below(3000)
    case 'boolean':
      return chance.below(2) === 0
    case 'null':
      return null
    case 'string':
      return chance.pick([chance.pick(known), chance.pick(known), '2026-11-21', '08:00', 'America/Los_Angeles', chance.hex(12)])
    default:
      return chance.pick([chance.pick(WEIRD), chance.pick(known), { id: chance.hex(8), type: 'StudentCheckedIn', v: 1 }])
  }
}

/** One time in three something in it is not as described. */
function bend(value: unknown, chance: Random): unknown {
  if (chance.below(3) !== 0 || typeof value !== 'object' || value === null) return value
  const names = Object.keys(value)
  const name = names.length === 0 ? 'more' : chance.pick(names)
  const held: unknown = Reflect.get(value, name)
  if (chance.below(2) === 0 && typeof held === 'object' && held !== null) Reflect.set(value, name, bend(held, chance))
  else Reflect.set(value, chance.below(4) === 0 ? 'unexpected' : name, chance.pick(WEIRD))
  return value
}
