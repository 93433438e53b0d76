/** The first minutes of an empty server: a ready sample district, or an empty one of one's own. Afterwards these routes refuse. */
import * as z from 'zod/mini'
import { Done, Health, PROTOCOL } from '../../shared/api.ts'
import { SetupDistrict, SetupSample, SetupState } from '../../shared/api/people.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { Refused } from '../plugins/refuse.ts'
import { beginDistrict } from '../registry/district.ts'
import { makeSample } from '../sample/makeSample.ts'
import { VERSION } from '../version.ts'

export function setupRoutes(app: App, context: Context): void {
  const { attempts, log, setupCode, store } = context
  const district = () => store.get('district', 'district')?.body

  /** Until somebody can sign in; records may be there already, brought in by a command. */
  const isNeeded = (): boolean => context.accounts.all().length === 0

  function allow(code: string | undefined): void {
    if (!isNeeded()) throw new Refused(409, 'setupDone', 'This server is already set up. Sign in instead.')
    if (setupCode === null) return
    if (!attempts.take('setup')) throw new Refused(429, 'tooManyTries', 'Too many tries. Wait a quarter of an hour.')
    if (code !== setupCode) throw new Refused(403, 'setupCode', 'Give the setup code that the server printed when it started.')
    attempts.giveBack('setup')
  }

  app.get('/api/health', { config: { may: 'anyone' }, schema: { response: { 200: Health } } }, () => ({
    ok: true as const,
    version: VERSION,
    protocol: PROTOCOL,
    serverTime: log.sources.now(),
    ...context.condition.now(),
  }))

  /** What the first page needs before anybody signed in. */
  app.get('/api/setup', { config: { may: 'anyone' }, schema: { response: { 200: SetupState } } }, () => {
    const held = district()
    return {
      needed: isNeeded(),
      codeNeeded: isNeeded() && setupCode !== null,
      district: held?.name ?? null,
      sample: held?.sample ?? false,
      accounts: held?.sample ? context.sampleAccounts.list() : [],
      sso: context.config.sso?.name ?? null,
    }
  })

  app.post(
    '/api/setup/sample',
    { config: { may: 'anyone' }, schema: { body: z.nullish(SetupSample), response: { 200: Done } } },
    async (request) => {
      allow(request.body?.code)
      if (district())
        throw new Refused(
          409,
          'notEmpty',
          'There is data here already, and invented people do not belong among it. Set up your own district.',
        )
      await makeSample(context)
      return { ok: true as const }
    },
  )

  app.post(
    '/api/setup/district',
    { config: { may: 'anyone' }, schema: { body: SetupDistrict, response: { 200: Done } } },
    async (request) => {
      allow(request.body.code)
      await beginDistrict(context, request.body)
      return { ok: true as const }
    },
  )
}
