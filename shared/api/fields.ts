/** Schemas of the small things that requests and replies are made of. */
import * as z from 'zod/mini'
import type { Instant, SchoolDate } from '../time.ts'
import { parseSchoolDate } from '../time.ts'

export const id = <T extends string>() => z.string().check(z.minLength(1), z.maxLength(64)) as unknown as z.ZodMiniType<T, T>
export const date = z
  .string()
  .check(z.refine((text) => parseSchoolDate(text) !== undefined, 'a date that exists, YYYY-MM-DD')) as unknown as z.ZodMiniType<
  SchoolDate,
  SchoolDate
>
export const at = z.int() as unknown as z.ZodMiniType<Instant, Instant>
export const count = z.int().check(z.gte(0))
/** Text as it stands, not empty. */
export const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
/** Text that must say something. */
export const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
