/** What needs two people, and who was shown which student's records. */
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { ApprovalRow, ApprovalsReply, AskApproval, DecideApproval, DisclosuresReply } from '../../shared/api/trust.ts'
import type { Context } from '../context.ts'
import { DECIDERS } from '../people/approvals.ts'
import { approvalView } from '../people/approvalView.ts'
import { openStudentExport } from '../people/studentExport.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { openToday } from '../reports/reports.ts'
import { studentPaper } from '../reports/studentPaper.ts'
import { scopeOf } from './reports.ts'

const id = z.string().check(z.minLength(1), z.maxLength(64))

export function approvalRoutes(app: App, context: Context): void {
  const { approvals, disclosures, store, studentFiles } = context
  const exportOf = openStudentExport(context)
  const today = openToday(context)
  app.get('/api/approvals', { config: { may: [...DECIDERS, 'auditor'] }, schema: { response: { 200: ApprovalsReply } } }, () => ({
    approvals: approvals.all().map((one) => approvalView(context, one)),
  }))

  app.post('/api/approvals', { config: { may: DECIDERS }, schema: { body: AskApproval, response: { 200: ApprovalRow } } }, (request) => {
    const { kind, subject, reason } = request.body
    const asked = approvals.ask(kind, subject, reason, personOf(request).staff)
    if (!asked) throw new Refused(409, 'askedBefore', 'This was asked before: it waits for a second person, or for being used.')
    return approvalView(context, asked)
  })

  app.post(
    '/api/approvals/:approval',
    { config: { may: DECIDERS }, schema: { params: z.object({ approval: id }), body: DecideApproval, response: { 200: Done } } },
    (request) => {
      const fault = approvals.decide(request.params.approval, personOf(request).staff, request.body.decision)
      if (fault === 'unknown') throw notFound()
      if (fault === 'ownRequest') throw new Refused(403, 'ownRequest', 'Somebody else must decide on what you asked for.')
      if (fault === 'onePerson')
        throw new Refused(
          403,
          'onePerson',
          'One person may stand behind your account and the one that asked: within 30 days one of you invited or changed the other, or somebody did so with both. Somebody else must agree.',
        )
      if (fault === 'ended') throw new Refused(409, 'askEnded', 'This was asked more than a week ago and has ended. Ask again.')
      if (fault === 'decided') throw new Refused(409, 'decided', 'This was decided before.')
      return { ok: true as const }
    },
  )

  /** Everybody who was shown, or took away, one student's records: for the family that asks, and for an auditor. */
  app.get(
    '/api/students/:student/disclosures',
    { config: { may: [...COORDINATORS, 'auditor'] }, schema: { params: z.object({ student: id }), response: { 200: DisclosuresReply } } },
    (request) => {
      const { student } = request.params
      own(student, request)
      const name = (staff: string): string => store.get('staff', staff)?.body.name ?? ''
      const whose = store.get('student', student)?.body
      return {
        student: whose ? `${whose.first} ${whose.last}`.trim() : '',
        disclosures: disclosures.of(student).map(({ at, person, what, student: whose, scope, seq }) => ({
          at,
          person,
          name: name(person),
          what,
          student: whose,
          scope,
          seq,
        })),
      }
    },
  )

  /** One student's whole file, for the family: nobody else is named in it. */
  app.get(
    '/api/students/:student/export',
    { config: { may: COORDINATORS }, schema: { params: z.object({ student: id }) } },
    (request, reply) => {
      const { student } = request.params
      void reply.type('application/json; charset=utf-8').header('content-disposition', nameOf(student, 'json'))
      return JSON.stringify(exportOf(student, own(student, request)), null, 2)
    },
  )

  /** The same on paper. */
  app.get(
    '/api/students/:student/export.pdf',
    { config: { may: COORDINATORS }, schema: { params: z.object({ student: id }) } },
    async (request, reply) => {
      const { student } = request.params
      const held = exportOf(student, own(student, request))
      const pdf = await studentPaper(held, context.ledgers.of('all'), today())
      void reply.type('application/pdf').header('content-disposition', nameOf(student, 'pdf'))
      return pdf
    },
  )

  const nameOf = (student: string, end: string): string =>
    `attachment; filename="student-${student.slice(-12).replaceAll(/[^\w-]/g, '')}.${end}"`

  function own(student: string, request: Parameters<typeof personOf>[0]) {
    const file = studentFiles(student, scopeOf(personOf(request), undefined))
    if (!file) throw notFound()
    return file
  }
}
