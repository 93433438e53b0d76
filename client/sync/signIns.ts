/** Records of sign-ins on this device: in whose name it may record, signed by the district, which a restored backup may have made forget it. (S3, S8) */
import type { SignedIn } from '../../shared/api/people.ts'
import type { Receipt } from '../../shared/api/sync.ts'
import type { KeptEvent } from '../../shared/events.ts'
import { isNameOf } from '../../shared/sync/deviceNames.ts'
import { type LogDb, readFact, writeFact } from '../log/db.ts'
import type { SignInHeld } from '../log/rows.ts'

/** Keeps the record of a sign-in in place of an earlier one of the same person and device. Part of the caller's transaction, if there is one. */
export async function keepSignIn(db: LogDb, { device, me, signInRecord }: SignedIn): Promise<void> {
  if (signInRecord) await addSignIns(db, [{ device: device.id, staff: me.staff, record: signInRecord }])
}

/** Adds records, each in place of an earlier one of the same person and device. */
export async function addSignIns(db: LogDb, more: readonly SignInHeld[]): Promise<void> {
  const held = (await readFact(db, 'signIns')) ?? []
  const isOf = (one: SignInHeld, other: SignInHeld): boolean => one.device === other.device && one.staff === other.staff
  if (more.length > 0) await writeFact(db, 'signIns', [...held.filter((one) => !more.some((other) => isOf(one, other))), ...more])
}

/** Those of the people who recorded some events, where they were recorded. */
export const signInsOf = (held: readonly SignInHeld[] | undefined, events: readonly Pick<KeptEvent, 'actor' | 'device'>[]): Receipt[] =>
  (held ?? [])
    .filter(({ device, staff }) => events.some((event) => event.actor === staff && isNameOf(event.device, device)))
    .map(({ record }) => record)
