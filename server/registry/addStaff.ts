/** Somebody of the staff whom the information system does not have: added by hand, once, under one address. */
import { type AddStaff, mayGive, type Me, type StaffAdded } from '../../shared/api/people.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import type { Staff } from '../../shared/registry.ts'
import type { Context } from '../context.ts'
import { isLive } from '../people/accounts.ts'
import { openByHand } from './byHand.ts'

/** The name of who has the address already. */
export interface Taken {
  readonly takenBy: string
}

/**
 * Adds a person of the staff. Files meet people by their address, so there is one person to an address: who is at a school, or has an account
 * that is open or that the one who adds may not give, has it; somebody else who left comes back as the same person.
 */
export function openAddStaff({
  accounts,
  log,
  store,
}: Pick<Context, 'accounts' | 'log' | 'store'>): (me: Me, person: AddStaff) => StaffAdded | Taken {
  const byHand = openByHand(log, store)
  const mayBring = (me: Me, { id, sites }: Staff): boolean => {
    const account = accounts.byStaff(id)
    return sites.length === 0 && (account === undefined || (!isLive(account, log.sources.now()) && mayGive(me.role, account.role)))
  }
  return (me, person) =>
    log.write(() => {
      const email = person.email.toLowerCase()
      const held = store.list('staff').find(({ body, ended }) => !ended && body.email.trim().toLowerCase() === email)
      if (held && !mayBring(me, held.body)) return { takenBy: held.body.name }
      const id = held?.body.id ?? as<StaffId>(log.sources.newId())
      const body: Staff = { id, ...person, sites: [...new Set(person.sites)].sort(), employee: true }
      byHand.put({ kind: 'staff', id, ended: false, body }, me.staff)
      return { staff: id, isBack: held !== undefined }
    })
}
