/** Imported before any schema is used: the policy of the page forbids making code from text, and zod would try. */
import * as z from 'zod/mini'

z.config({ jitless: true })
