/** Reads a YAML document strictly: what is not asked for, missing or of another kind is a fault that names its path and what was expected. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml'

export type Path = readonly (string | number)[]
export interface Fault {
  readonly path: Path
  readonly expected: string
}

/** A place in the document that is being read. */
export interface Place {
  readonly doc: Document
  readonly node: Node | null
  readonly path: Path
  tell(path: Path, expected: string): void
}

/** Reads a place; undefined when a fault left nothing to go on with. A file is good when nothing was told. */
export type Read<T> = (place: Place) => T | undefined
type Value<R> = R extends Read<infer T> ? T : never

export interface Field<T> {
  readonly read: Read<T>
  readonly absent: T | undefined
  readonly required: boolean
}

export const required = <T>(read: Read<T>): Field<T> => ({ read, absent: undefined, required: true })
export const optional = <T, D = T>(read: Read<T>, absent: D): Field<T | D> => ({ read, absent, required: false })

/** What stands at a place, in a few words, for the end of a fault. */
function found(node: Node | null): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  const value: unknown = isScalar(node) ? node.value : null
  return value === null ? 'nothing' : JSON.stringify(value)
}

function refuse(place: Place, expected: string): undefined {
  place.tell(place.path, `expected ${expected}, found ${found(place.node)}`)
  return undefined
}

function under(place: Place, key: string | number, node: unknown): Place {
  const resolved = isAlias(node) ? node.resolve(place.doc) : node
  return { ...place, path: [...place.path, key], node: isNode(resolved) ? resolved : null }
}
const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value)

/** A scalar that a check accepts. */
export function scalar<T>(expected: string, accept: (value: unknown) => T | undefined): Read<T> {
  return (place) => {
    const value = isScalar(place.node) ? accept(place.node.value) : undefined
    return value === undefined ? refuse(place, expected) : value
  }
}

export const words = (most = 200): Read<string> =>
  scalar(`a text of 1 to ${most} characters`, (value) =>
    typeof value === 'string' && value !== '' && value.length <= most ? value : undefined,
  )
export const truth: Read<boolean> = scalar('true or false', (value) => (typeof value === 'boolean' ? value : undefined))
export const whole = (least: number, most: number): Read<number> =>
  scalar(`a whole number from ${least} to ${most}`, (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined,
  )
export const oneOf = <const T extends string>(choices: readonly T[]): Read<T> =>
  scalar(`one of ${choices.join(', ')}`, (value) => choices.find((choice) => choice === value))

export function listOf<T>(read: Read<T>): Read<T[]> {
  return (place) => {
    if (!isSeq(place.node)) return refuse(place, 'a list')
    const values = place.node.items.map((item, i) => read(under(place, i, item)))
    return values.every((value): value is T & {} => value !== undefined) ? values : undefined
  }
}

export function mapOf<T>(read: Read<T>): Read<Map<string, T>> {
  return (place) => {
    if (!isMap(place.node)) return refuse(place, 'a mapping of names')
    const values = new Map<string, T>()
    let whole = true
    for (const { key, value } of place.node.items) {
      const name = isScalar(key) ? key.value : undefined
      if (typeof name !== 'string' || name === '' || name.length > 120) {
        place.tell(place.path, `expected names that are texts, found ${isNode(key) ? found(key) : 'another kind of name'}`)
        whole = false
        continue
      }
      const read1 = read(under(place, name, value))
      if (read1 === undefined) whole = false
      else values.set(name, read1)
    }
    return whole ? values : undefined
  }
}

/** A mapping with these keys and no others. An unknown key, and a fault in what may be left out, are told and then read past: what else is
 *  wrong with the file is found with them. */
export function record<F extends Record<string, Field<unknown>>>(
  fields: F,
): Read<{ [K in keyof F]: Value<F[K]['read']> | NonAbsent<F[K]> }> {
  return (place) => {
    if (!isMap(place.node)) return refuse(place, `a mapping with ${Object.keys(fields).join(', ')}`)
    const values: Record<string, unknown> = {}
    let whole = true
    const seen = new Set<string>()
    for (const { key, value } of place.node.items) {
      const name = isScalar(key) ? String(key.value) : 'a name that is no text'
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (!field) {
        place.tell([...place.path, name], `unknown key; expected ${Object.keys(fields).join(', ')}`)
        continue
      }
      seen.add(name)
      const read = field.read(under(place, name, value))
      values[name] = read === undefined ? field.absent : read
      // Names that others point to are needed: without them every use of one would be told as well.
      if (read === undefined && (field.required || field.absent instanceof Map)) whole = false
    }
    for (const [name, field] of Object.entries(fields)) {
      if (seen.has(name)) continue
      values[name] = field.absent
      if (!field.required) continue
      place.tell([...place.path, name], 'missing; it is needed')
      whole = false
    }
    return whole ? (values as { [K in keyof F]: Value<F[K]['read']> | NonAbsent<F[K]> }) : undefined
  }
}
type NonAbsent<F> = F extends { readonly required: true } ? never : F extends Field<infer T> ? T : never

/** The first reading that fits by kind of node; otherwise the fault of `expected`. */
export function either<A, B>(fits: (node: Node | null) => boolean, a: Read<A>, b: Read<B>): Read<A | B> {
  return (place) => (fits(place.node) ? a(place) : b(place))
}
export const isText = (node: Node | null): boolean => isScalar(node)
