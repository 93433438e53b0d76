/** Which protocols of sync this server answers: its own, and the one before. (S12) */
import type { FastifyRequest } from 'fastify'
import { OLDEST_PROTOCOL } from '../../shared/api.ts'
import { Refused } from './refuse.ts'

/**
 * Asks a device that speaks an older protocol to be updated, before anything else of its request is read: what it holds stays on it, and is
 * taken as soon as it speaks one of these. A newer one is answered in the words of this server.
 */
export function speaksKnownProtocol(request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void {
  const { body } = request
  const protocol = typeof body === 'object' && body !== null && 'protocol' in body ? body.protocol : undefined
  const isTooOld = typeof protocol === 'number' && protocol < OLDEST_PROTOCOL
  done(
    isTooOld
      ? new Refused(
          426,
          'tooOld',
          'This version of Recoup is too old to send to this server. Everything recorded stays on the device: update Recoup, and it is sent.',
        )
      : undefined,
  )
}
