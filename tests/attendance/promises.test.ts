import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttendanceEvent } from '../../shared/events.ts'
import { as, type SessionId } from '../../shared/ids.ts'
import type { Ledger } from '../../shared/attendance/ledger.ts'
import { MINUTE } from '../../shared/time.ts'
import { AS_OF, event, ledgerOf, records, STUDENTS, someDays } from './days.ts'
import { openLedger } from '../../shared/attendance/ledger.ts'

const totals = (ledger: Ledger) => STUDENTS.map((student) => ledger.judge(student, AS_OF))
const everything = (ledger: Ledger) => [
  totals(ledger),
  STUDENTS.map((student) => ledger.explain(student, AS_OF)),
  [...ledger.sessions()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((state) => [state.id, state.digest, state.certification, state.supervision, [...state.students.keys()].sort()]),
]
const shuffled = (events: readonly AttendanceEvent[]) => fc.shuffledSubarray([...events], { minLength: events.length })

describe('the promises of the log', () => {
  test('events in any order of arrival, and twice, give the same', () => {
    const arrivals = someDays.chain((events) => fc.tuple(fc.constant(events), shuffled(events), shuffled(events)))
    fc.assert(
      fc.property(arrivals, ([events, arrived, again]) => {
        expect(everything(ledgerOf([...arrived, ...again]))).toEqual(everything(ledgerOf(events)))
      }),
    )
  })

  test('a ledger asked after every event ends like one asked once, also when records come last', () => {
    const arrivals = someDays.chain((events) => fc.tuple(fc.constant(events), shuffled(events)))
    fc.assert(
      fc.property(arrivals, ([events, arrived]) => {
        const ledger = openLedger()
        const [early, late] = [records().slice(0, 5), records().slice(5)]
        for (const record of early) ledger.putRecord(record)
        for (const one of arrived) {
          ledger.putEvents([one])
          totals(ledger)
        }
        for (const record of late) ledger.putRecord(record)
        expect(everything(ledger)).toEqual(everything(ledgerOf(events)))
      }),
      { numRuns: 60 },
    )
  })

  test('a mark taken back is as if it had never been recorded', () => {
    const extra = fc.record({
      session: fc.nat(4),
      student: fc.constantFrom(...STUDENTS),
      minute: fc.integer({ min: -30, max: 400 }),
      isIn: fc.boolean(),
    })
    fc.assert(
      fc.property(someDays, extra, (days, { session, student, minute, isIn }) => {
        const events = days.filter((one) => one.type !== 'SessionCertified')
        const start = events.find((one) => one.type === 'SessionStarted' && one.session === as<SessionId>(`session-${session}`))
        fc.pre(start !== undefined && start.type === 'SessionStarted')
        const at = start.window.from + minute * MINUTE
        const slip = event(9001, { type: isIn ? 'StudentCheckedIn' : 'StudentCheckedOut', session: start.session, student, at })
        const taken = event(9002, { type: 'EventVoided', session: start.session, voids: slip.id, reason: 'a slip', at })
        const policy = { countUncertified: true }
        expect(totals(ledgerOf([...events, slip, taken], policy))).toEqual(totals(ledgerOf(events, policy)))
      }),
    )
  })

  test('credit is never more than the absences, the dates or ten', () => {
    fc.assert(
      fc.property(someDays, (events) => {
        const dates = new Set(events.map((one) => (one.type === 'SessionStarted' ? one.on : undefined)).filter(Boolean)).size
        for (const each of totals(ledgerOf(events))) {
          expect(each.claimableDays).toBe(Math.min(each.earnedDays, each.eligibleAbsences, 10))
          // A session may run over midnight: its second date is one more.
          expect(each.earnedDays + each.pendingDays).toBeLessThanOrEqual(2 * dates)
          expect(new Set(each.days.map((day) => day.earnedOn)).size).toBe(each.earnedDays)
          expect(each.claimableDays + each.bankedDays + each.beyondCapDays).toBe(each.earnedDays)
        }
      }),
    )
  })

  test('what nobody signed is pending and never earned', () => {
    fc.assert(
      fc.property(someDays, (days) => {
        const unsigned = days.filter((one) => one.type !== 'SessionCertified')
        const waiting = totals(ledgerOf(unsigned))
        const counted = totals(ledgerOf(unsigned, { countUncertified: true }))
        for (const [i, each] of waiting.entries()) {
          expect([each.earnedDays, each.hours, each.days]).toEqual([0, 0, []])
          expect(each.pendingDays).toBe(counted[i]?.earnedDays)
        }
      }),
    )
  })

  test('every minute present is in a day, accrues, or is lost for a reason', () => {
    const policies = fc.constantFrom(
      {},
      { accrual: 'minutes' as const },
      { remainder: 'carry' as const },
      { dailyPath: 'wholeHours' as const },
    )
    fc.assert(
      fc.property(someDays, policies, (events, policy) => {
        const ledger = ledgerOf(events, policy)
        for (const student of STUDENTS) {
          const why = ledger.explain(student, AS_OF)
          const judged = ledger.judge(student, AS_OF)
          expect(why.minutesCounted + why.minutesNotCounted).toBe(why.minutesPresent)
          expect(why.accruing.reduce((sum, share) => sum + share.minutes, 0)).toBe(judged.minutes)
          expect(why.days.map(({ earnedOn, path }) => [earnedOn, path])).toEqual(judged.days.map(({ earnedOn, path }) => [earnedOn, path]))
          for (const day of why.days) {
            expect(day.made.reduce((sum, share) => sum + share.minutes, 0)).toBeGreaterThanOrEqual(day.minimumMinutes)
          }
          for (const state of ledger.sessions()) {
            const credit = ledger.sessionCredit(state.id, student)
            expect(credit.minutesCounted + credit.notCounted.reduce((sum, lost) => sum + lost.minutes, 0)).toBe(credit.minutesPresent)
          }
        }
      }),
    )
  })
})
