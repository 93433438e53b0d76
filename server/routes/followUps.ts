/** Following students up: what was written, who may write more, and the letters to families. */
import * as z from 'zod/mini'
import { FollowUpsReply, LettersReply, PostFollowUps, PutChoices, PutLetter } from '../../shared/api/followUps.ts'
import { Done } from '../../shared/api.ts'
import type { Context } from '../context.ts'
import { openFollowUps } from '../desk/followUps.ts'
import { openLastImport } from '../desk/lastImport.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf, REGISTRARS } from '../plugins/guard.ts'
import { notFound } from '../plugins/refuse.ts'
import { scopeOf } from './reports.ts'

const OfSite = z.object({ site: z.optional(z.string().check(z.minLength(1), z.maxLength(64))) })

export function followUpRoutes(app: App, { log }: Context): void {
  const followUps = openFollowUps(log)
  const lastImport = openLastImport(log)

  app.get(
    '/api/follow-ups',
    { config: { may: COORDINATORS }, schema: { querystring: OfSite, response: { 200: FollowUpsReply } } },
    (request) => {
      const scope = scopeOf(personOf(request), request.query.site)
      const imported = lastImport()
      const added = Object.entries(imported?.added ?? {}).filter(([student]) => followUps.isAt(student, scope))
      return {
        entries: followUps.entries(scope),
        staff: followUps.staff(scope),
        choices: followUps.choices(),
        imported: imported && { at: imported.at, added: Object.fromEntries(added) },
      }
    },
  )

  /** Writes down what was done. Nothing is ever changed: what turned out otherwise is written down after it. */
  app.post('/api/follow-ups', { config: { may: COORDINATORS }, schema: { body: PostFollowUps, response: { 200: Done } } }, (request) => {
    const me = personOf(request)
    for (const { student, site } of request.body.entries) {
      if (!followUps.isAt(student, scopeOf(me, site))) throw notFound()
    }
    followUps.write(request.body.entries, me)
    return { ok: true as const }
  })

  app.put('/api/follow-ups/choices', { config: { may: REGISTRARS }, schema: { body: PutChoices, response: { 200: Done } } }, (request) => {
    followUps.choose(request.body, personOf(request))
    return { ok: true as const }
  })

  app.get('/api/letters', { config: { may: COORDINATORS }, schema: { response: { 200: LettersReply } } }, () => ({
    templates: followUps.letters(),
  }))

  app.put('/api/letters', { config: { may: REGISTRARS }, schema: { body: PutLetter, response: { 200: Done } } }, (request) => {
    followUps.putLetter(request.body, personOf(request))
    return { ok: true as const }
  })
}
