/** Audit packets: asked for, made in turns, taken as paper and as a file; and the class page of one session. */
import * as z from 'zod/mini'
import { Done } from '../../shared/api.ts'
import { type Me } from '../../shared/api/people.ts'
import { id } from '../../shared/api/fields.ts'
import { PacketJob, PacketJobs, StartPacket } from '../../shared/api/packets.ts'
import type { SessionId } from '../../shared/ids.ts'
import type { PacketSubject } from '../../shared/report/packet.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { notFound, Refused } from '../plugins/refuse.ts'
import { type Job, openPacketJobs } from '../reports/packet/jobs.ts'
import { openToday } from '../reports/reports.ts'
import { openSettings } from '../reports/settings.ts'
import type { ReportWork } from '../reports/work.ts'
import { sampleOf } from '../totals/sample.ts'
import { REPORTERS } from './periods.ts'

const OfJob = z.object({ packet: id() })
const OfFile = z.object({ packet: id(), format: z.enum(['pdf', 'json']) })
const OfSession = z.object({ session: id<SessionId>() })

export function packetRoutes(app: App, context: Context, work: ReportWork): void {
  const { log, store, totals } = context
  const settings = openSettings(log)
  const jobs = openPacketJobs(work, log, context.config.data)
  app.addHook('onClose', () => jobs.close())
  // A packet belongs to who asked for it: it names students.
  const own = (packet: string, me: Me): Job => {
    const job = jobs.get(packet)
    if (!job || job.owner !== me.staff) throw notFound()
    return job
  }

  function subjectOf(asked: z.infer<typeof StartPacket>['subject']): PacketSubject {
    // Which day ends a period is the district's word, and stands in the packet.
    if (asked.kind === 'period') return { ...asked, last: settings.lastDay(asked.period, asked.year) }
    if (asked.kind !== 'sample') return asked
    const sessions = sampleOf(totals.db(), asked)
    if (sessions.length === 0) throw new Refused(422, 'nothingHeld', 'No session was held in this year yet.')
    return { kind: 'sessions', sessions }
  }
  const view = ({ id: job, subject, at, state, done, of }: Job): PacketJob => {
    const student = subject.kind === 'student' ? store.get('student', subject.student)?.body : undefined
    return { id: job, subject, student: student ? `${student.last}, ${student.first}` : '', at: at as PacketJob['at'], state, done, of }
  }

  app.post('/api/packets', { config: { may: REPORTERS }, schema: { body: StartPacket, response: { 200: PacketJob } } }, async (request) => {
    const me = personOf(request)
    if (request.body.subject.kind === 'sample') await totals.current(openToday(context)())
    return view(jobs.start(subjectOf(request.body.subject), me.staff, me.name))
  })

  app.get('/api/packets', { config: { may: REPORTERS }, schema: { response: { 200: PacketJobs } } }, (request) => ({
    jobs: jobs
      .list()
      .filter(({ owner }) => owner === personOf(request).staff)
      .map(view),
  }))

  app.post('/api/packets/:packet/cancel', { config: { may: REPORTERS }, schema: { params: OfJob, response: { 200: Done } } }, (request) => {
    jobs.cancel(own(request.params.packet, personOf(request)).id)
    return { ok: true as const }
  })

  app.get('/api/packets/:packet/:format', { config: { may: REPORTERS }, schema: { params: OfFile } }, (request, reply) => {
    const { packet, format } = request.params
    const job = own(packet, personOf(request))
    if (job.state !== 'done') throw notFound()
    void reply
      .type(format === 'pdf' ? 'application/pdf' : 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-packet-${packet.slice(-12)}.${format}"`)
    return reply.send(jobs.file(job, format))
  })

  /** The page that a teacher signs by hand. */
  app.get(
    '/api/sessions/:session/class-page.pdf',
    { config: { may: COORDINATORS }, schema: { params: OfSession } },
    async (request, reply) => {
      const page = await work.classPage(request.params.session, personOf(request).sites)
      if (!page) throw notFound()
      void reply.type('application/pdf').header('content-disposition', `inline; filename="class-page-${page.on}.pdf"`)
      return Buffer.from(page.pdf)
    },
  )
}
