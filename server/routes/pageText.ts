/** A page of a pull as it goes over the wire. Its events are in the log as text and go out as that text, unread. */
import type { FastifyReply } from 'fastify'
import type { PullReply } from '../../shared/api/sync.ts'
import type { Told } from '../log/told.ts'

/** A reply to a pull whose events were not read. */
export type UnreadPage = Omit<PullReply, 'events'> & { readonly events: Told }

/** Sends a page: its JSON in UTF-8. A serializer may give bytes, though its type says text: they go out uncopied. */
export function sendPage(reply: Pick<FastifyReply, 'serializer'>, { events, ...rest }: UnreadPage): void {
  const text = Buffer.concat([Buffer.from(`${JSON.stringify(rest).slice(0, -1)},"events":`), events.json, Buffer.from('}')])
  reply.serializer(() => text as unknown as string).send(rest)
}
