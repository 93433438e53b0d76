/** `recoup serve`: the server in the foreground, until it is asked to stop. */
import type { Config } from '../config.ts'
import { startServer } from '../main.ts'
import { buildPages } from './build.ts'
import { type Io, Stop } from './io.ts'

/** Serves until SIGINT or SIGTERM; then answers what was asked, closes the log and returns. */
export async function serve(config: Config, build: boolean, io: Io): Promise<void> {
  if (build) await buildPages(config.dist, io)
  const running = await startServer(config).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new Stop(`Port ${config.port} is in use. Stop what uses it, or choose another: PORT=8788 npm start`)
    throw error
  })
  const { context } = running
  const { lost } = context.condition.now()
  if (lost)
    io.stderr.write(
      `THE END OF THE LOG IS MISSING: it had come to number ${lost.from} and stands at ${lost.to}, or holds another past.\n` +
        'A new epoch has begun: tablets offer again what they hold, and everybody signs in again. Look at the disk, and keep your backups.\n',
    )
  io.stdout.write(`Recoup is at ${running.address}\n`)
  io.stdout.write(`Its data is in ${config.data}. Stop it with Ctrl+C.\n`)
  if (context.accounts.all().length === 0) {
    io.stdout.write('First time: open the address and choose the sample district, or set up your own.\n')
    if (context.setupCode !== null)
      io.stdout.write(
        `Others can reach this server, so setting it up asks for this code: ${context.setupCode}\n` +
          'It is shown here alone, and is another one after each start. Run by systemd, find it with: journalctl -u recoup\n',
      )
  }
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
  })
  await running.stop()
}
