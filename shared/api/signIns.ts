/** That somebody signed in on a device, as text that the district signed. It opens nothing: it shows in whose name the device may record. */
import * as z from 'zod/mini'
import type { DeviceId, StaffId } from '../ids.ts'
import { at, id } from './fields.ts'

export const SignInBody = z.object({ kind: z.literal('recoup-sign-in'), staff: id<StaffId>(), device: id<DeviceId>(), at })
export type SignInBody = z.infer<typeof SignInBody>
