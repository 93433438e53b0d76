/** Where the server is put together: the one place on this side that reads the clock and makes ids and random bytes. */
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { v7 } from 'uuid'
import { instant, schoolDateOf } from '../shared/time.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { type Context, openContext } from './context.ts'
import { sendDaily, smtpSender } from './desk/mail.ts'
import { openBackups } from './log/backups.ts'
import { keepHead, keepHeadMeanwhile } from './log/headFile.ts'
import { keepTaking } from './log/inventory.ts'
import type { Sources } from './log/log.ts'
import { openReportThread } from './reports/inThread.ts'
import { openTidy } from './tidy.ts'

/** A command beside a running server waits this long for the server's write to end. */
const COMMAND_WAIT_MS = 5_000
const SERVER_WAIT_MS = 100
/** How long a stopping server lets what is under way go on. */
const DRAIN_MS = 10_000
const HEAD_MS = 1_000

export const sources: Sources = {
  now: () => instant(Date.now()),
  newId: () => v7(),
  random: (bytes) => randomBytes(bytes),
}

/** The data folder for a command that is not the server. */
export const openForCommand = (config: Config): Context => openContext(config, sources, COMMAND_WAIT_MS)

export interface Running {
  /** Where people reach it, with the real port. */
  readonly address: string
  readonly context: Context
  /** Answers what was asked, then stops. */
  stop(): Promise<void>
}

/** Starts the server. Throws when the port is taken or the data cannot be used. */
export async function startServer(config: Config): Promise<Running> {
  const context = openContext(config, sources, SERVER_WAIT_MS)
  try {
    const work = openReportThread(config.data, sources.now)
    const app = await buildApp(context, true, work)
    app.server.maxConnections = 2_000
    await app.listen({ host: config.host, port: config.port })
    const today = () => schoolDateOf(sources.now(), context.store.get('district', 'district')?.body.zone ?? 'UTC')
    const tidy = openTidy()
    context.totals.keepUp(today, (asOf) => {
      tidy()
      return work.keepTotals(asOf)
    })
    const { port } = app.server.address() as AddressInfo
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    const address = config.url ?? `http://${host}:${port}`
    const { mail } = config
    const stopMail = mail && sendDaily(context, address, smtpSender(mail.url, mail.from, mail.plain), mail.checkpointTo)
    const stopHead = keepUpHead(config.data, context)
    const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
    const stopInventory = keepTaking(context.inventory)
    const backups = config.backups && openBackups(context.log, config.data, config.backups, say, () => void context.inventory.take(0))
    return {
      address,
      context,
      async stop() {
        stopMail?.()
        const late = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
        app.server.closeIdleConnections()
        await app.close()
        clearTimeout(late)
        await backups?.stop()
        stopInventory()
        await stopHead()
        context.close()
      },
    }
  } catch (error) {
    context.close()
    throw error
  }
}

/** Keeps beside the log how far it has come: soon after it went on, and when the server stops. */
function keepUpHead(data: string, { log, condition }: Context): () => Promise<void> {
  const fault = (error: unknown): void => condition.noteFault((error as NodeJS.ErrnoException).code ?? '')
  const keep = (): void => {
    try {
      keepHead(data, log.db)
    } catch (error) {
      fault(error)
    }
  }
  keep()
  let writing: Promise<void> | undefined
  const timer = setInterval(() => {
    writing ??= keepHeadMeanwhile(data, log.db)
      .catch(fault)
      .finally(() => (writing = undefined))
  }, HEAD_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await writing
    keep()
  }
}
