/** Audit packets: asked for, made in turns, taken as paper and as a file; and the class page of one session. */
import * as z from 'zod/mini'
import { Done, type Me } from '../../shared/api.ts'
import { id } from '../../shared/api/fields.ts'
import { PacketJob, PacketJobs, StartPacket } from '../../shared/api/packets.ts'
import type { SessionId } from '../../shared/ids.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'
import { notFound } from '../plugins/refuse.ts'
import { type Job, openPacketJobs } from '../reports/packet/jobs.ts'
import type { ReportWork } from '../reports/work.ts'
import { REPORTERS } from './periods.ts'

const OfJob = z.object({ packet: id() })
const OfFile = z.object({ packet: id(), format: z.enum(['pdf', 'json']) })
const OfSession = z.object({ session: id<SessionId>() })

export function packetRoutes(app: App, context: Context, work: ReportWork): void {
  const { log } = context
  const jobs = openPacketJobs(work, log.sources)
  app.addHook('onClose', () => jobs.close())
  // A packet belongs to who asked for it: it names students.
  const own = (packet: string, me: Me): Job => {
    const job = jobs.get(packet)
    if (!job || job.owner !== me.staff) throw notFound()
    return job
  }

  app.post('/api/packets', { config: { may: REPORTERS }, schema: { body: StartPacket, response: { 200: PacketJob } } }, (request) => {
    const me = personOf(request)
    return view(jobs.start(request.body.subject, me.staff, me.name))
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
    const content = format === 'pdf' ? job.pdf : job.json
    if (content === undefined) throw notFound()
    void reply
      .type(format === 'pdf' ? 'application/pdf' : 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-packet-${packet.slice(-12)}.${format}"`)
    return Buffer.from(content)
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

const view = ({ id: job, subject, at, state, done, of }: Job): PacketJob => ({
  id: job,
  subject,
  at: at as PacketJob['at'],
  state,
  done,
  of,
})
