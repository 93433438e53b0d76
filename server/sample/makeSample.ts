/** A ready district with invented people, and some weeks of attendance behind it. */
import type { Context } from '../context.ts'

export async function makeSample(_context: Context): Promise<void> {}
