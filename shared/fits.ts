/**
 * Whether a value fits a schema, told without making anything. A push holds hundreds of events, and nearly all of them are as they should
 * be: what does not fit here is read once more by the schema itself, which finds the words for it.
 */
import type * as z from 'zod/mini'

/** True only for what the schema takes as it is; false says nothing. */
export type Fits = (value: unknown) => boolean

type Schema = z.core.$ZodTypes
type Check = z.core.$ZodChecks | z.core.$ZodCustom

/** The test of a schema that changes nothing of what it reads. Throws for a kind of schema that no event is made of. */
export function fits(schema: z.core.$ZodType): Fits {
  const { def } = (schema as Schema)._zod
  // One test on top of another: a list of them would be gone through with a function made for each value.
  return (def.checks ?? []).reduce<Fits>((isRight, check) => both(isRight, holds((check as Check)._zod.def)), typeFits(def))
}

const both =
  (first: Fits, second: Fits): Fits =>
  (value) =>
    first(value) && second(value)

function typeFits(def: Schema['_zod']['def']): Fits {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string'
    case 'number':
      return Number.isSafeInteger
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'literal':
      return (value) => def.values.includes(value as never)
    case 'enum': {
      const values = Object.values(def.entries)
      return (value) => values.includes(value as string)
    }
    case 'nullable':
    case 'optional': {
      const inner = fits(def.innerType)
      const none = def.type === 'nullable' ? null : undefined
      return (value) => value === none || inner(value)
    }
    case 'array': {
      const element = fits(def.element)
      return (value) => Array.isArray(value) && value.every(element)
    }
    case 'object':
      return objectFits(def)
    default:
      throw new Error(`Nothing tells what fits a schema of type ${def.type}`)
  }
}

/** Every name it may have and no other. A name it has without a value is left to the schema. */
function objectFits({ shape }: z.core.$ZodObjectDef): Fits {
  const members = Object.entries(shape).map(([name, schema]) => ({ name, fits: fits(schema) }))
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    const held = value as Readonly<Record<string, unknown>>
    let found = 0
    for (const member of members) {
      const given = held[member.name]
      if (!member.fits(given)) return false
      if (given !== undefined) found++
    }
    return Object.keys(held).length === found
  }
}

/** Lengths are counted in characters, of which a text has at most as many as units, and at least half as many. */
function holds(def: Check['_zod']['def']): Fits {
  switch (def.check) {
    case 'min_length':
      return (value) => (value as string).length >= (def.minimum === 1 ? 1 : 2 * def.minimum)
    case 'max_length':
      return (value) => (value as string).length <= def.maximum
    case 'greater_than':
      return (value) => (def.inclusive ? (value as number) >= Number(def.value) : (value as number) > Number(def.value))
    case 'less_than':
      return (value) => (def.inclusive ? (value as number) <= Number(def.value) : (value as number) < Number(def.value))
    case 'custom':
      return (value) => Boolean(def.fn(value))
    default:
      throw new Error(`Nothing tells whether a value holds to ${def.check}`)
  }
}
