/** The commands of the district's desk. */
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { checklist, writePacket, type PacketOptions, type PeriodOptions, type SetOptions, setSetting, signPeriod } from './district.ts'
import { YEAR_MEANS } from './exportOptions.ts'
import type { Io } from './io.ts'

type WithData = (work: (context: Context) => void | Promise<void>) => Promise<void>

/** Adds `set`, `checklist`, `sign` and `packet`. */
export function districtCommands(program: Command, io: Io, withData: WithData): void {
  program
    .command('set <kind> [values...]')
    .description('Keep a rate, a cost, or the local codes of a student information system')
    .option('--span <span>', 'grade span of a rate: TK/K-3, 4-6, 7-8, 9-12')
    .option('--from <date>', 'since when a rate holds')
    .option('--dollars <amount>', 'of a rate or a cost')
    .option('--what <text>', 'what a cost was for')
    .option('--on <date>', 'when')
    .option('--site <site>', 'a school, by id or code; the whole district when not given')
    .option('--sis <sis>', 'the system that codes are of')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup set rate --span 4-6 --from 2026-07-01 --dollars 11000\n  recoup set cost --what Teachers --on 2026-11-21 --dollars 450 --site 100\n  recoup set mapping --sis aeries program=AR makeUpCode=R\n',
    )
    .action((kind: string, values: string[], options: SetOptions) => withData((context) => setSetting(context, kind, values, options, io)))
  program
    .command('checklist')
    .description('What is open before a reporting period can be signed')
    .requiredOption('--period <period>', 'P-1, P-2 or annual')
    .option('--year <year>', YEAR_MEANS)
    .option('--json', 'as one JSON object on the standard error')
    .addHelpText('after', '\nExample:\n  recoup checklist --period P-1\n')
    .action((options: PeriodOptions) => withData((context) => checklist(context, options, io)))
  program
    .command('sign')
    .description('Sign a reporting period as it stands, or a supplement to it')
    .requiredOption('--period <period>', 'P-1, P-2 or annual')
    .requiredOption('--name <name>', 'who signs')
    .option('--note <text>', 'why it is signed although something is open on the checklist')
    .option('--year <year>', YEAR_MEANS)
    .addHelpText('after', '\nExample:\n  recoup sign --period P-1 --name "Rosa Lin"\n')
    .action((options: PeriodOptions & { name: string; note?: string }) => withData((context) => signPeriod(context, options, io)))
  program
    .command('packet')
    .description('Make an audit packet: one paper to read, one file to verify')
    .option('--period <period>', 'P-1, P-2 or annual, of all schools or of --site')
    .option('--year <year>', `of a period, ${YEAR_MEANS}; of a student, that year’s sessions alone`)
    .option('--site <site>', 'a school, by id or code')
    .option('--from <date>', 'with --site: its sessions from this date')
    .option('--until <date>', 'up to this one')
    .option('--student <student>', 'a student, by id or local number')
    .option('--session <session...>', 'sessions, by id')
    .requiredOption('--out <folder>', 'where packet.pdf and packet.json go')
    .addHelpText(
      'after',
      '\nExamples:\n  recoup packet --period P-1 --out packet\n  recoup packet --student 004840 --year 2026-2027 --out packet\n',
    )
    .action((options: PacketOptions) => withData((context) => writePacket(context, options, io)))
}
