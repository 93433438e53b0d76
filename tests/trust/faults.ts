/** What happens among people while a tablet is away (F70 to F77), what must happen then, and the sentences that show it. */
import type { Requirement } from './asvs.ts'

const row = (id: string, says: string, shownBy: readonly string[]): Requirement => ({ id, says, shownBy })

export const FAULTS: readonly Requirement[] = [
  row('F70', 'A sign-in that ended three weeks ago loses nothing that was recorded', ['F70 ']),
  row('F71', 'A role changed meanwhile: entries are judged by the role of their time', ['F71 Whose account', 'F71 A role changes']),
  row('F72', 'An account or device revoked meanwhile: what it holds is taken, then it forgets', ['F72 ']),
  row('F73', 'A student moved meanwhile: the entry stays where it happened, both schools see it', [
    'F73 A student who',
    'F73 A student changes',
  ]),
  row('F74', 'An import while devices pull: one state of the roster or the other, never a mix', ['F74 ']),
  row('F75', 'Two records of one child made one, and two again: totals follow, nothing is written anew', ['F75 ']),
  row('F76', 'A school closed and a period signed meanwhile: late entries wait for a supplement', ['F76 ']),
  row('F77', 'A PIN forgotten: what waits is sent, a new one needs the password', ['F77 ']),
]
