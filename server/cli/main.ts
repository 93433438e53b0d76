/** The command line. Exit codes: 0 done, 1 done with findings, 2 not understood or not possible. */
import { Command, CommanderError } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { openForCommand } from '../main.ts'
import { makeSample } from '../sample/makeSample.ts'
import { VERSION } from '../version.ts'
import { type ExitCode, type Io, Stop } from './io.ts'
import { serve } from './serve.ts'

function config(): Config {
  const read = readConfig()
  if ('fault' in read) throw new Stop(read.fault)
  return read
}

function commands(io: Io): Command {
  const program = new Command('recoup')
    .description('Offline-first check-in for Attendance Recovery.')
    .version(VERSION)
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride()
    .addHelpText('after', '\nSettings: PORT (8787), HOST (127.0.0.1), RECOUP_DATA (./data), RECOUP_URL (behind a proxy).\nEach command explains itself: recoup COMMAND --help\n')

  program
    .command('serve')
    .description('Run the server')
    .option('--build', 'build the pages first when they are missing or old')
    .addHelpText('after', '\nExamples:\n  recoup serve\n  PORT=9000 recoup serve --build\n  HOST=0.0.0.0 RECOUP_URL=https://recoup.example.org recoup serve\n')
    .action((options: { build?: boolean }) => serve(config(), options.build ?? false, io))

  program
    .command('sample')
    .description('Fill an empty data folder with a sample district of invented people')
    .addHelpText('after', '\nExamples:\n  recoup sample\n  RECOUP_DATA=/tmp/try recoup sample\n')
    .action(async () => {
      const context = openForCommand(config())
      try {
        if (context.store.get('district', 'district')) throw new Stop('This data folder already holds a district. Choose an empty one: RECOUP_DATA=FOLDER recoup sample')
        await makeSample(context)
        for (const account of context.sampleAccounts.list()) io.stdout.write(`${account.role}\t${account.username}\t${account.password}\n`)
      } finally {
        context.close()
      }
    })
  return program
}

/** Runs one command and sets the process's exit code. Never shows a stack trace for what a person can put right. */
export async function main(args: readonly string[], io: Io = process): Promise<void> {
  process.exitCode = await run(args, io)
}

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    await commands(io).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof Stop ? error.exit : 2
  }
}
