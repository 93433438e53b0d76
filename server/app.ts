/** The app: plugins, then routes. It opens nothing and listens to nothing, so that a test can ask it directly. */
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import fastify from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Context } from './context.ts'
import type { App } from './plugins/app.ts'
import { compress } from './plugins/compress.ts'
import { guard } from './plugins/guard.ts'
import { headers } from './plugins/headers.ts'
import { pages } from './plugins/pages.ts'
import { boundQueue } from './plugins/queue.ts'
import { answerErrors } from './plugins/refuse.ts'
import { openReportWork, type ReportWork } from './reports/work.ts'
import { accountRoutes } from './routes/accounts.ts'
import { alertRoutes } from './routes/alerts.ts'
import { dayRoutes } from './routes/day.ts'
import { followUpRoutes } from './routes/followUps.ts'
import { approvalRoutes } from './routes/approvals.ts'
import { deviceRoutes } from './routes/devices.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { importRoutes } from './routes/imports.ts'
import { packetRoutes } from './routes/packets.ts'
import { peopleRoutes } from './routes/people.ts'
import { periodRoutes } from './routes/periods.ts'
import { policyRoutes } from './routes/policy.ts'
import { registryRoutes } from './routes/registry.ts'
import { relayRoutes } from './routes/relay.ts'
import { reportRoutes } from './routes/reports.ts'
import { setupRoutes } from './routes/setup.ts'
import { ssoRoutes } from './routes/sso.ts'
import { stateFileRoutes } from './routes/stateFiles.ts'
import { syncRoutes } from './routes/sync.ts'
import { writeBackRoutes } from './routes/writeBack.ts'
import { totalsRoutes } from './routes/totals.ts'
import { viewRoutes } from './routes/views.ts'
import { ownSignInRoutes } from './routes/ownSignIns.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { trustRoutes } from './routes/trust.ts'
import { VERSION } from './version.ts'

const MEBIBYTE = 1_048_576

/** `reports` does the long work: here, in turns, unless it is given a thread. `verbose` writes faults of the server, never requests, names or tokens, to the standard error. */
export async function buildApp(context: Context, verbose = false, reports: ReportWork = openReportWork(context)): Promise<App> {
  const app: App = fastify({
    logger: verbose ? { level: 'error', stream: process.stderr } : false,
    bodyLimit: MEBIBYTE,
    // A whole request within two minutes, also over the slowest line; a connection that says nothing for three is closed.
    requestTimeout: 120_000,
    connectionTimeout: 180_000,
    keepAliveTimeout: 30_000,
    maxRequestsPerSocket: 10_000,
    // What is under way when the server stops is answered; what comes then is told to come again.
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    // An event with a strange key is judged on its own; it must not fail the whole push.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>()
  // JSON and files are all that is read; a page of another site can send text without being asked first.
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app, context.condition)
  boundQueue(app)
  await headers(app, context.config)
  compress(app)
  await app.register(cookie)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Recoup', version: VERSION } },
    transform: jsonSchemaTransform,
  })
  guard(app, context)

  setupRoutes(app, context)
  peopleRoutes(app, context)
  ssoRoutes(app, context)
  syncRoutes(app, context)
  relayRoutes(app, context)
  reportRoutes(app, context, reports)
  registryRoutes(app, context)
  accountRoutes(app, context)
  policyRoutes(app, context, reports)
  importRoutes(app, context)
  evidenceRoutes(app, context)
  trustRoutes(app, context)
  passkeyRoutes(app, context)
  ownSignInRoutes(app, context)
  deviceRoutes(app, context)
  approvalRoutes(app, context)
  followUpRoutes(app, context)
  dayRoutes(app, context)
  totalsRoutes(app, context, reports)
  alertRoutes(app, context)
  viewRoutes(app, context)
  app.addHook('onClose', () => reports.close())
  periodRoutes(app, context, reports)
  stateFileRoutes(app, context, reports)
  writeBackRoutes(app, context, reports)
  packetRoutes(app, context, reports)
  app.get('/api/openapi.json', { config: { may: 'anyone' }, schema: { hide: true } }, () => app.swagger())

  await pages(app, context.config.dist)
  return app
}
