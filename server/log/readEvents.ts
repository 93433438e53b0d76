/** Reads what devices offer and what the log holds: as `readEvent` does, several times as fast, since a push may hold 500 events. */
import { $ZodObjectJIT, safeParse } from 'zod/v4/core'
import { AnyEvent, type AttendanceEvent, type ReadEvent, readEvent } from '../../shared/events.ts'

/** The schema of each type of event, compiled. A page may not compile code; a server may. */
const compiled = new Map(
  AnyEvent._zod.def.options.map((schema) => [schema.shape.type._zod.def.values[0] as string, new $ZodObjectJIT(schema._zod.def)]),
)

/** What `readEvent` says of the same value. The words of a fault, and types this build does not know, are left to it. */
export function readQuickly(raw: unknown): ReadEvent {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined
  const schema = typeof type === 'string' ? compiled.get(type) : undefined
  const read = schema && safeParse(schema, raw)
  // Compiled from the definitions of `AnyEvent`, so what it takes is one of them.
  return read?.success ? { kind: 'event', event: read.data as AttendanceEvent } : readEvent(raw)
}
