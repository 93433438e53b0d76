/** Request and reply of the views of the merged roster that somebody keeps. */
import * as z from 'zod/mini'
import { words } from './fields.ts'

/** Filter, sorting and columns as the address of the page says them. */
export const SavedViewText = z.strictObject({ name: words(60), address: z.string().check(z.maxLength(500)) })
export const SavedViews = z.strictObject({ views: z.array(SavedViewText).check(z.maxLength(50)) })
export type SavedViews = z.infer<typeof SavedViews>
