/** Audit packets. */
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'

export function packetRoutes(_app: App, _context: Context): void {}
