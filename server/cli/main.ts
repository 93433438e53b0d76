/** The command line. Exit codes: 0 done, 1 done with findings, 2 not understood or not possible. */
import { Command, CommanderError } from 'commander'
import { type Config, readConfig } from '../config.ts'
import { openForCommand, sources } from '../main.ts'
import type { Context } from '../context.ts'
import { ROLES } from '../../shared/api/people.ts'
import { makeSample } from '../sample/makeSample.ts'
import { VERSION } from '../version.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { mostOf, openDistrict } from './dataFolder.ts'
import { districtCommands } from './districtCommands.ts'
import { exportCommands, reconcileCommand } from './exportCommands.ts'
import { importCommand } from './import.ts'
import { hold, type HoldOptions } from './hold.ts'
import { type ExitCode, type Io, Stop } from './io.ts'
import { retention, type RetentionOptions } from './retention.ts'
import { LEAST_YEARS } from '../log/retention.ts'
import { serve } from './serve.ts'
import { totals } from './totals.ts'
import { printCheckpoint, type Verify, verify, verifyPacketFile } from './verify.ts'
import { addUser, disableUser, forgetFactor, listRefusals, listSignIns, listUsers, newPassword, type NewUser } from './user.ts'

function config(): Config {
  const read = readConfig(process.env)
  if ('fault' in read) throw new Stop(read.fault)
  return read
}

function commands(io: Io): Command {
  const program = new Command('recoup')
    .description('Offline-first check-in for Attendance Recovery.')
    .version(VERSION)
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .exitOverride()
    .addHelpText(
      'after',
      '\nSettings: PORT (8787), HOST (127.0.0.1), RECOUP_DATA (./data), RECOUP_URL (behind a proxy).\nIn the folder of the program it is called with npx: npx recoup COMMAND. Each command but serve, sample, restore and totals\nneeds RECOUP_DATA to name the folder of the server, and is run by the user the server runs as.\nEach command explains itself: recoup COMMAND --help\n',
    )

  program
    .command('serve')
    .description('Run the server')
    .option('--build', 'build the pages first when they are missing or old')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup serve\n  PORT=9000 recoup serve --build\n  HOST=0.0.0.0 RECOUP_URL=https://recoup.example.org recoup serve\n',
    )
    .action((options: { build?: boolean }) => serve(config(), options.build ?? false, io))

  program
    .command('sample')
    .description('Fill an empty data folder with a sample district of invented people')
    .addHelpText('after', '\nExamples:\n  recoup sample\n  RECOUP_DATA=/tmp/try recoup sample\n')
    .action(() =>
      withData(async (context) => {
        if (context.store.get('district', 'district'))
          throw new Stop('This data folder already holds a district. Choose an empty one: RECOUP_DATA=FOLDER recoup sample')
        await makeSample(context)
        for (const account of context.sampleAccounts.list()) io.stdout.write(`${account.role}\t${account.username}\t${account.password}\n`)
      }, openForCommand),
    )

  exportCommands(program.command('export').description('Write what the district knows as files'), io, withData)
  reconcileCommand(program, io, withData)
  districtCommands(program, io, withData)

  program
    .command('backup <folder>')
    .description('Copy the data into a folder and check the copy, also while the server runs')
    .addHelpText('after', '\nExample:\n  RECOUP_DATA=/srv/recoup recoup backup /backups/2026-11-22\n')
    .action((folder: string) => withData((context) => backupCommand(context, folder, io)))

  program
    .command('restore <folder>')
    .description('Put a backup into an empty data folder; devices then offer again what they hold')
    .addHelpText('after', '\nExample:\n  RECOUP_DATA=/srv/recoup recoup restore /backups/2026-11-22\n')
    .action((folder: string) => restoreCommand(config(), folder, sources.newId(), io))

  evidenceCommands(program, io)
  userCommands(program.command('user').description('Accounts: add, list, disable'), io)

  // These two read their own arguments: see `run`. Named here so that the help shows them.
  program.command('import').description('Bring in files: oneroster, clever, schools, students, codes, calendar, absences')
  program.command('totals').description('Totals of scenario files, as JSON, or checked against what they say')
  return program
}

function evidenceCommands(program: Command, io: Io): void {
  program
    .command('verify [packet]')
    .description('Check that the log, or an audit packet, is as it was signed for')
    .option('--totals', 'work every total out again and compare')
    .option('--checkpoint <file...>', 'hold the log to checkpoints that were kept elsewhere')
    .option('--key <key>', 'the key that a packet must be signed with')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup verify\n  recoup verify --totals --checkpoint 2026-11-20.txt\n  recoup verify packet.json\n',
    )
    .action(async (packet: string | undefined, options: Verify & { key?: string }) => {
      const found = (exit: ExitCode): void => {
        if (exit !== 0) throw new Stop('', exit)
      }
      if (packet !== undefined) found(verifyPacketFile(packet, options.key, io))
      else await withData(async (context) => found(await verify(context, options, io)))
    })
  program
    .command('retention')
    .description('Show whose names are kept longer than the law asks, and take them out of the log')
    .option('--years <years>', `whole fiscal years after a student's last trace, ${LEAST_YEARS} at the least`, String(LEAST_YEARS))
    .option('--apply', 'take them out; without it nothing is changed')
    .option('--name <name>', 'who decided it, for the log')
    .option('--reason <reason>', 'why, for the log')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup retention\n  recoup retention --years 7\n  recoup retention --apply --name "Rosa Lin" --reason "Audit of 2019-20 is complete"\n',
    )
    .action((options: RetentionOptions) => withData((context) => retention(context, options, io)))
  program
    .command('hold')
    .description('Keep names from being erased, of one student or of everybody, until somebody releases it; alone, list the holds')
    .option('--student <student>', 'whose, by id or local number')
    .option('--all', 'everybody’s')
    .option('--release <number>', 'end a hold')
    .option('--name <name>', 'who asks for it')
    .option('--reason <reason>', 'why')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup hold\n  recoup hold --student 004505 --name "Rosa Lin" --reason "Complaint 2031-7"\n  recoup hold --release 3 --name "Rosa Lin" --reason "It was settled"\n',
    )
    .action((options: HoldOptions) => withData((context) => hold(context, options, io)))
  program
    .command('checkpoint')
    .description('Print a signed line that holds the log to what it is now')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup checkpoint > 2026-11-20.txt\n  recoup checkpoint | mail -s "Recoup checkpoint" auditor@example.org\n',
    )
    .action(() => withData((context) => printCheckpoint(context, io)))
}

function userCommands(user: Command, io: Io): void {
  user
    .command('add <username>')
    .description('Make an account and print the link by which the person chooses a password')
    .requiredOption('--name <name>', 'the person')
    .requiredOption('--role <role>', `${ROLES.slice(0, -1).join(', ')} or ${ROLES.at(-1)}`)
    .option('--staff <id>', 'somebody of the staff list')
    .option('--site <site...>', 'where the person works, by id or code')
    .option('--certificated', 'holds a teaching certification, so that time under this person counts; as for teachers and substitutes')
    .option('--no-certificated', 'holds none')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup user add r.lin --name "Rosa Lin" --role data\n  recoup user add m.kim --name "Min Kim" --role teacher --site 100\n  recoup user add j.roy --name "Jo Roy" --role substitute --site 100 --no-certificated\n',
    )
    .action((username: string, options: NewUser) => withData((context) => addUser(context, username, options, io)))
  user
    .command('list')
    .description('Every account: username, role, state, name')
    .addHelpText('after', '\nExample:\n  recoup user list\n')
    .action(() => withData((context) => listUsers(context, io)))
  user
    .command('sign-ins')
    .description('Who signed in lately and who could not: time, username, what became of it, device')
    .option('--most <number>', 'how many lines', '200')
    .addHelpText('after', '\nExample:\n  recoup user sign-ins --most 50\n')
    .action((options: { most: string }) => withData((context) => listSignIns(context, mostOf(options.most), io)))
  user
    .command('refusals')
    .description('What was refused lately to people who were signed in: time, username, refusal, route, device')
    .option('--most <number>', 'how many lines', '200')
    .addHelpText('after', '\nExample:\n  recoup user refusals --most 50\n')
    .action((options: { most: string }) => withData((context) => listRefusals(context, mostOf(options.most), io)))
  user
    .command('disable <username>')
    .description('Keep a person from signing in')
    .addHelpText('after', '\nExample:\n  recoup user disable m.kim\n')
    .action((username: string) => withData((context) => disableUser(context, username, io)))
  user
    .command('new-password <username>')
    .description('Print a link by which somebody who has lost a password sets another; their sign-ins end when it is used')
    .addHelpText('after', '\nExample:\n  recoup user new-password m.kim\n')
    .action((username: string) => withData((context) => newPassword(context, username, io)))
  user
    .command('forget-factor <username>')
    .description('Take a second factor away whose telephone and paper are lost')
    .addHelpText('after', '\nExample:\n  recoup user forget-factor m.kim\n')
    .action((username: string) => withData((context) => forgetFactor(context, username, io)))
}

/** Works on the data folder and closes it, also beside a running server. */
async function withData(work: (context: Context) => void | Promise<void>, open = openDistrict): Promise<void> {
  const context = open(config())
  try {
    await work(context)
  } finally {
    context.close()
  }
}

/** Runs one command and sets the process's exit code. Never shows a stack trace for what a person can put right. */
export async function main(args: readonly string[], io: Io = process): Promise<void> {
  // A reader that has seen enough (`recoup export roster | head`) is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))
  process.exitCode = await run(args, io)
}

/** One command, without touching the process. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  try {
    if (args[0] === 'import') return await importCommand(args.slice(1), io, () => openDistrict(config()))
    if (args[0] === 'totals') return await totals(args.slice(1), io)
    await commands(io).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const message = error instanceof Error ? error.message : String(error)
    if (message !== '') io.stderr.write(`${message}\n`)
    return error instanceof Stop ? error.exit : 2
  }
}
