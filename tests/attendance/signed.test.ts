import { expect, test } from 'vitest'
import type { SessionState } from '../../shared/attendance/fold.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'
import { isSignedByOther, isUnsigned, signerOf } from '../../shared/attendance/signed.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import { instant } from '../../shared/time.ts'

const staff = (name: string): StaffId => as<StaffId>(name)
/** What the questions look at of a session. */
const session = (by: string | null, supervised: readonly string[], state: 'certified' | 'stale' = 'certified', marks = 1): SessionState =>
  ({
    started: true,
    certification: by === null ? { state: 'none' } : { state, at: instant(0), by: staff(by), name: 'as typed', event: as('e1') },
    supervision: supervised.map((one) => ({ staff: staff(one), from: instant(0), until: null })),
    students: new Map([[as('ana'), { marks: Array.from({ length: marks }, () => null) }]]),
  }) as unknown as SessionState

test.each<readonly [string, SessionState, boolean, boolean]>([
  ['by nobody', session(null, ['rivera']), false, true],
  ['by who supervised', session('rivera', ['rivera']), false, false],
  ['by one of those who did', session('cole', ['rivera', 'cole']), false, false],
  ['by somebody else', session('marsh', ['rivera', 'cole']), true, false],
  ['by anybody, where nobody supervised', session('marsh', []), true, false],
  ['by somebody else, and outgrown since', session('marsh', ['rivera'], 'stale'), false, true],
  ['by nobody, and nobody came', session(null, ['rivera'], 'certified', 0), false, false],
])('A session is signed %s', (_, state, byOther, unsigned) => {
  expect([isSignedByOther(state), isUnsigned(state)]).toEqual([byOther, unsigned])
})

test('Who signed goes by the name the district knows, else by what was typed', () => {
  const ledger = openLedger()
  const body = { id: staff('marsh'), name: 'M. Marsh', email: '', sites: [], title: '', certificated: true, employee: true }
  ledger.putRecord({ kind: 'staff', id: 'marsh', seq: 1, ended: false, body })
  expect(['marsh', 'gone', null].map((by) => signerOf(ledger, session(by, [])))).toEqual(['M. Marsh', 'as typed', ''])
})
