/**
 * The long work of reports, as questions and answers that can be asked across a thread: whoever asks the server for something else
 * never waits behind it. See `thread.ts`.
 */
import type { FigureStudents, PeriodReply, Signed, SignPeriod, SiteChecklistReply } from '../../shared/api/periods.ts'
import type { ReconcileReply, WriteBackReply } from '../../shared/api/writeBack.ts'
import type { PolicyPreview, PutPolicy } from '../../shared/api/registry.ts'
import type { SessionId } from '../../shared/ids.ts'
import type { PacketSubject } from '../../shared/report/packet.ts'
import { writeFileText } from '../../shared/report/writeBack/files.ts'
import type { Sis } from '../../shared/report/writeBack/layouts.ts'
import type { GradeSpan, Period } from '../../shared/rules/california/periods.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { Scope } from '../log/deliver.ts'
import { openStudentLedger } from '../log/studentLedger.ts'
import { previewPolicy } from '../registry/policy.ts'
import { type Keeper, openKeeper } from '../totals/keeper.ts'
import { type RosterFileAsked, rosterFile } from '../totals/rosterFile.ts'
import { studentsBehind } from './figures.ts'
import { openPace, type Pace } from './pace.ts'
import type { GatherFault } from './packet/gatherPacket.ts'
import { type MadePacket, makePacket, type PacketPaths } from './packet/makePacket.ts'
import { type Paper, paperBytes } from './packet/paper.ts'
import { sessionPage } from './packet/sessionPage.ts'
import type { PadcReport } from './padcReport.ts'
import { type NotSigned, openPeriods } from './periods.ts'
import { openReports, type StasReport } from './reports.ts'
import { type Roster, rosterIn } from './roster.ts'
import { openWriteBacks } from './writeBacks.ts'

/** What the work needs of a server. */
export type WorkContext = Pick<Context, 'approvals' | 'log' | 'schools' | 'store' | 'totals' | 'overview' | 'receiptKey' | 'packetSeal'>

/** Progress as it goes, and whether to stop. */
export interface Watch {
  progress(step: 'gathering' | 'writing', done: number, of: number): void
  readonly signal: AbortSignal
}
export interface ClassPage {
  readonly on: SchoolDate
  readonly pdf: Uint8Array
}
/** A file that is handed out, or why not. */
export type TakenFile = { readonly text: string } | { readonly refused: 'unknown' | 'faults' }

export interface ReportWork {
  look(period: Period, year: number): Promise<PeriodReply | NotSigned>
  /** What of the checklist stands open at the schools of a scope. */
  checklist(period: Period, year: number, scope: Scope): Promise<SiteChecklistReply>
  sign(order: SignPeriod, by: string): Promise<Signed | NotSigned>
  /** The figures of now, or with a number those that were signed. */
  padc(period: Period, year: number, number?: number): Promise<PadcReport | NotSigned | undefined>
  students(period: Period, year: number, site: string, span: GradeSpan): Promise<FigureStudents>
  stas(year: number): Promise<StasReport>
  writeBack(sis: Sis, year: number): Promise<WriteBackReply>
  takeFile(sis: Sis, year: number, file: string, leaveOut: boolean, by: string): Promise<TakenFile>
  reconcile(sis: Sis, year: number, content: Uint8Array): Promise<ReconcileReply>
  /** The page of one session at one of these schools, for a signature by hand. */
  classPage(session: SessionId, sites: readonly string[]): Promise<ClassPage | undefined>
  /** Every student of a scope with the totals at the end of a date; of one school when it is given. */
  roster(scope: Scope, asOf: SchoolDate, site: string | undefined): Promise<Roster>
  /** The merged roster of the totals as a file. */
  rosterFile(asked: RosterFileAsked): Promise<Uint8Array>
  /** What a change of policy would change. Saves nothing. */
  previewPolicy(change: PutPolicy): Promise<PolicyPreview>
  /** Brings the totals up to the newest sequence. */
  keepTotals(asOf: SchoolDate): Promise<number>
  /** Writes both files. Throws `CalledOff` when the signal says so. */
  packet(subject: PacketSubject, by: string, paths: PacketPaths, watch: Watch): Promise<MadePacket | GatherFault>
  close(): void
}

/** Thrown when work was called off. */
export class CalledOff extends Error {}

const MOST_FAULTS = 500

/** Does the work here, in turns of some milliseconds by a clock of its own where the context's stands still. */
export function openReportWork(context: WorkContext, ticks: () => number = context.log.sources.now): ReportWork {
  const { sources } = context.log
  const reports = openReports(context, openPace(ticks))
  const periods = openPeriods(context, reports)
  const writeBacks = openWriteBacks(context, reports)

  let keeper: Keeper | undefined

  function paceOf({ signal }: Watch): Pace {
    const turn = openPace(ticks)
    return async () => {
      if (signal.aborted) throw new CalledOff()
      await turn()
    }
  }

  return {
    look: periods.look,
    checklist: periods.checklist,
    sign: periods.sign,
    padc: periods.report,
    stas: reports.stas,
    students: async (period, year, site, span) => studentsBehind(await reports.padc(period, year), site, span),
    async writeBack(sis, year) {
      const { asOf, through, files, faults } = await writeBacks.make(sis, year)
      return {
        ...{ sis, asOf, seq: through.seq },
        files: files.map(({ layout, rows, leftOut }) => ({
          ...{ file: layout.file, rows: rows.length, leftOut },
          lastMade: (writeBacks.lastMade(sis, layout.file, year)?.at ?? null) as WriteBackReply['files'][number]['lastMade'],
        })),
        faults: faults.slice(0, MOST_FAULTS),
        faultCount: faults.length,
      }
    },
    async takeFile(sis, year, name, leaveOut, by) {
      const made = await writeBacks.make(sis, year)
      const file = made.files.find(({ layout }) => layout.file === name)
      if (!file) return { refused: 'unknown' }
      const faults = made.faults.filter((fault) => fault.file === name)
      const isAboutCodes = faults.some(({ fault }) => fault === 'noCode' || fault === 'badCode')
      if (isAboutCodes || (faults.length > 0 && !leaveOut)) return { refused: 'faults' }
      writeBacks.handedOut(sis, file, made, by)
      return { text: writeFileText(file) }
    },
    async reconcile(sis, year, content) {
      const found = await writeBacks.reconcile(sis, year, Buffer.from(content))
      if ('missing' in found) return { file: '', same: 0, otherYears: 0, lastMade: null, missing: [...found.missing], differences: [] }
      const { file, same, otherYears, differences, lastMade } = found
      return { file, same, otherYears, lastMade: lastMade as ReconcileReply['lastMade'], missing: [], differences: [...differences] }
    },
    async classPage(id, sites) {
      const ledger = context.log.read(() => openStudentLedger(context.log)({ students: [], sessions: [id] }))
      const session = ledger.session(id)
      if (!session?.started || !sites.includes(session.site)) return undefined
      const foot = `${ledger.district()?.name ?? ''} · class page · log position ${context.log.head()}`
      const write = (paper: Paper): void => sessionPage(paper, ledger, session, new Map())
      return { on: session.on, pdf: await paperBytes(`Class page, ${session.on}`, sources.now(), foot, write) }
    },
    roster: (scope, asOf, site) => rosterIn(context, openPace(ticks), scope, asOf, site),
    rosterFile: (asked) => rosterFile(context.totals.db(), asked),
    previewPolicy: (change) => previewPolicy(context, openPace(ticks), change, reports.today()),
    keepTotals(asOf) {
      keeper ??= openKeeper(context.log, context.schools, context.totals.db(), (site, day) => {
        reports.prepare(site, day)
        writeBacks.prepare(site, day)
      })
      return keeper.refresh(asOf)
    },
    packet: (subject, by, paths, watch) =>
      makePacket(context, { subject, by, today: reports.today(), paths }, paceOf(watch), watch.progress),
    close: () => undefined,
  }
}
