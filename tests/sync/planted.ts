/** Bugs that others made before us, planted one at a time around the real parts: a simulator that does not find them proves nothing. */
import { ON_DEVICE } from './bugs/onDevice.ts'
import { ON_SERVER } from './bugs/onServer.ts'
import { ON_WIRE } from './bugs/onWire.ts'
import type { Bug } from './world/world.ts'

export const PLANTED: readonly Bug[] = [...ON_WIRE, ...ON_DEVICE, ...ON_SERVER]
