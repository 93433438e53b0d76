/** A page of a pull as it goes over the wire. Its events are in the log as text and go out as that text, unread. */
import type { PullReply } from '../../shared/api.ts'
import type { Told } from '../log/deliver.ts'

/** The JSON of a reply to a pull. */
export function pageText({ events, ...rest }: Omit<PullReply, 'events'> & { readonly events: readonly Told[] }): string {
  const told = events.map(({ seq, text }) => `{"seq":${seq},"event":${text}}`)
  return `${JSON.stringify(rest).slice(0, -1)},"events":[${told.join(',')}]}`
}
