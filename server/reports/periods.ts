/** A reporting period as it is asked for and signed, from a screen or from the command line. */
import * as z from 'zod/mini'
import { date } from '../../shared/api/fields.ts'
import type { Figures, PeriodReply, Signed, SignPeriod, SiteChecklistReply } from '../../shared/api/periods.ts'
import type { Period } from '../../shared/rules/california/periods.ts'
import type { Context } from '../context.ts'
import type { Scope } from '../log/deliver.ts'
import { isInScope } from '../log/overview.ts'
import { openEnrolledIn, openSharedSsids } from '../registry/sharedSsids.ts'
import { openSince } from '../log/since.ts'
import { approvalView } from '../people/approvalView.ts'
import { type Closing, changedSince, figuresDigest, NotAsSigned, openClosings, reopening } from './closings.ts'
import { type Besides, compliance } from './compliance.ts'
import { figuresOf } from './figures.ts'
import type { PadcReport } from './padcReport.ts'
import type { Reports } from './reports.ts'
import { foundIn, stasIn } from './siteChecklist.ts'
import { costUpTo, openSettings, ratesOn } from './settings.ts'

/** Why a period is not signed or shown, with what to do. */
export interface NotSigned {
  readonly refused: 'figuresChanged' | 'noteNeeded' | 'nothingNew' | 'approvalNeeded' | 'closingChanged'
  readonly message: string
}

export interface Periods {
  /** All that is to be known of a period before it is signed, and since. */
  look(period: Period, year: number): Promise<PeriodReply | NotSigned>
  /** What of its checklist stands open at the schools of a scope: lines of no other school, and no figures. */
  checklist(period: Period, year: number, scope: Scope): Promise<SiteChecklistReply>
  /** Signs the figures that were looked at. `by` is the staff id of the signer. */
  sign(order: SignPeriod, by: string): Promise<Signed | NotSigned>
  /** The figures of now, or with a number those that were signed; undefined when there is no such signature. */
  report(period: Period, year: number, number?: number): Promise<PadcReport | NotSigned | undefined>
}

/** How much of what came late is shown of a student. */
const MOST_LATE = 20
const Term = z.object({ title: z.string(), type: z.string(), from: date, until: date })

export function openPeriods(context: Pick<Context, 'approvals' | 'log' | 'overview' | 'receiptKey' | 'store'>, reports: Reports): Periods {
  const { approvals, log, overview, receiptKey, store } = context
  const closings = openClosings(log, receiptKey, approvals)
  const settings = openSettings(log)
  const since = openSince(log)

  const sharedSsids = openSharedSsids(log, store)
  const enrolledIn = openEnrolledIn(log)

  function uncoded(scope: Scope): Besides['uncoded'] {
    const sites = store.list('site').flatMap(({ ended, body }) => (ended ? [] : [body]))
    const district = store.get('district', 'district')?.body
    const isUnknown = !district?.lea && !sites.some(({ cds }) => cds?.district)
    const schools = sites.flatMap(({ id, name, cds }) => (cds?.school ? [] : [{ site: id, name }]))
    return (isUnknown ? [{ site: null, name: district?.name ?? '' }, ...schools] : schools).filter(({ site }) => isInScope(scope, site))
  }

  const besides = (scope: Scope): Besides => ({
    now: log.sources.now(),
    terms: store
      .sources('term')
      .flatMap(({ ended, body }) => (ended ? [] : [Term.parse(body)]))
      .filter(({ type }) => type === 'term'),
    sharedSsids: sharedSsids().filter(({ id }) => enrolledIn(scope, id)),
    uncoded: uncoded(scope),
    setAside: overview.quarantine(scope).length,
    holding: overview.devices(scope).flatMap(({ name, report }) => (report && report.unsent > 0 ? [{ name, unsent: report.unsent }] : [])),
  })
  const nameOf = (site: string): string => store.get('site', site)?.body.name ?? site
  const view = (report: PadcReport): Figures => figuresOf(report, ratesOn(settings.all(), report.asOf), nameOf)
  const signed = ({ report, ...rest }: Closing): Signed => ({ ...rest, figures: view(report) })

  /** A closing that is not as it was signed is a refusal: nothing of it is shown, handed out or signed after. */
  async function orRefused<T>(work: () => Promise<T>): Promise<T | NotSigned> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof NotAsSigned) return { refused: 'closingChanged', message: error.message }
      throw error
    }
  }

  const unguarded = {
    async look(period: Period, year: number): Promise<PeriodReply> {
      const { report: now, found, stas } = await reports.period(period, year)
      return log.read(() => {
        const held = closings.of(period, year)
        const last = held.at(-1)
        return {
          today: reports.today(),
          figures: view(now),
          checklist: [...compliance(found, stas, now.asOf, besides('all'))],
          signed: held.map(signed),
          changed: last ? changedSince(last.report, now, (students) => since(last.report.through.seq, students, MOST_LATE)) : [],
          reopenings: approvals.of('reopenPeriod', reopening(period, year)).map((one) => approvalView(context, one)),
          costCents: costUpTo(settings.all(), now.asOf),
        }
      })
    },
    async sign({ period, year, digest, name, statement, note }: SignPeriod, by: string): Promise<Signed | NotSigned> {
      const { report, found, stas } = await reports.period(period, year)
      if (figuresDigest(report) !== digest) {
        const message = 'Something came in since you looked, and the figures are others now. Look again, then sign.'
        return { refused: 'figuresChanged', message }
      }
      const open = compliance(found, stas, report.asOf, besides('all')).flatMap(({ key, count }) => (count > 0 ? [{ key, count }] : []))
      if (open.length > 0 && note.trim() === '')
        return { refused: 'noteNeeded', message: 'Something is open on the checklist. Say why you sign all the same.' }
      const last = closings.of(period, year).at(-1)
      if (last && figuresDigest(last.report) === digest) return { refused: 'nothingNew', message: 'These figures are signed already.' }
      const closing = closings.sign({ report, open, by, name, statement, note })
      if (!closing)
        return {
          refused: 'approvalNeeded',
          message: 'This period was signed. Somebody else must first agree to opening it for a supplement.',
        }
      return signed(closing)
    },
    report: async (period: Period, year: number, number?: number): Promise<PadcReport | undefined> =>
      number === undefined ? reports.padc(period, year) : closings.of(period, year)[number]?.report,
  }
  return {
    async checklist(period, year, scope) {
      const { report, found, stas } = await reports.period(period, year)
      const { cutOff, asOf } = report
      const own = log.read(() => compliance(foundIn(scope, found), stasIn(scope, stas), asOf, besides(scope)))
      return { period, year, cutOff, asOf, checklist: [...own] }
    },
    look: (...asked) => orRefused(() => unguarded.look(...asked)),
    sign: (...asked) => orRefused(() => unguarded.sign(...asked)),
    report: (...asked) => orRefused(() => unguarded.report(...asked)),
  }
}
