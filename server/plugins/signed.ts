/** What a device with a key sends must be signed by it: a credential that was copied is not enough. */
import type { FastifyRequest } from 'fastify'
import { canonical, isShallow, MOST_DEPTH } from '../../shared/sync/chain.ts'
import { isSignedByDevice } from '../people/devices.ts'
import { deviceOf } from './guard.ts'
import { Refused } from './refuse.ts'

/** Refuses an unsigned body of a device that has a key. Devices from before there were keys are taken as they were. */
export function checkSignature(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  const { key } = deviceOf(request)
  done(
    key === null || isSignedBy(request.body, key)
      ? undefined
      : new Refused(401, 'unsigned', 'This device did not sign what it sent. Sign in on it again.'),
  )
}

function isSignedBy(body: unknown, key: string): boolean {
  // What nests deeper than any event is nothing a device of ours would sign.
  if (typeof body !== 'object' || body === null || !('signature' in body) || !isShallow(body, MOST_DEPTH + 4)) return false
  const { signature, ...signed } = body
  return typeof signature === 'string' && isSignedByDevice(Buffer.from(canonical(signed), 'utf8'), signature, key)
}
