/** `recoup verify` and `recoup checkpoint`: whether the log is the one that was signed for, and the line that holds it to that. */
import { readFileSync } from 'node:fs'
import { Checkpoint, CheckpointBody, readCheckpoint } from '../../shared/evidence/checkpoint.ts'
import type { Fault, Finding } from '../../shared/evidence/judge.ts'
import { verifyPacket } from '../../shared/evidence/packet.ts'
import { type Instant, schoolDateOf } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import { isSigned } from '../log/receipts.ts'
import { sha256 } from '../log/serverChain.ts'
import { type Verified, verifyLog } from '../log/verify.ts'
import { refold } from '../reports/refold.ts'
import { openKeeper } from '../totals/keeper.ts'
import { verifyTotals } from '../totals/verify.ts'
import { type ExitCode, type Io, Stop } from './io.ts'

const SAYS: Readonly<Record<Fault, string>> = {
  textChanged: 'its text is not the one it was stored with',
  columnsDiffer: 'what is noted beside it is not what it says',
  linkBroken: 'it is not the entry that stood here when the log was linked',
  entryMissing: 'an entry is missing here',
  entryAdded: 'an entry was put in',
  receiptMissing: 'the receipt it was signed for with is missing',
  receiptForged: 'its receipt was not signed with this key',
  receiptDiffers: 'its receipt does not name it',
  deviceChainBroken: 'it does not follow from what its device recorded before it',
  checkpointForged: 'a checkpoint was not signed with this key',
  checkpointDiffers: 'a checkpoint signed for another log up to here',
  logEndsEarly: 'the log ends before what was signed for',
  headDiffers: 'the log goes on after its own end',
  recordDiffers: 'the record in use is not its newest version',
  setAsideChanged: 'what was set aside is not what was received',
  setAsideMissing: 'a receipt says that it was set aside, and it is not there any more',
  setAsideSettled: 'it is marked as decided, and the log holds no such decision',
  erasureForged: 'this erasure was not signed with this key: what it left of the entries it names cannot be checked',
  erasedUnproved: 'it is marked as erased without a signed erasure: what is left of it cannot be checked',
  erasedChanged: 'what is left of it is not what its erasure left',
  closingChanged: 'the signed figures of this period, or what was signed with them, are not those that were signed',
  closingMissing: 'a signed closing, or a supplement to it, is missing',
  inventoryForged: 'this inventory of what stands beside the log was not signed with this key',
  inventoryDiffers: 'rows beside the log that this inventory took down were changed, or are gone',
  packetChanged: 'the packet is not as it was sealed',
  totalsDiffer: 'the totals are not those that its events give',
}

const say = ({ fault, seq, what }: Finding): string =>
  [seq === null ? 'Without a number' : `Number ${seq}`, what === '' ? '' : ` (${what})`, `: ${SAYS[fault]}`].join('')

export interface Verify {
  readonly totals?: boolean
  readonly checkpoint?: readonly string[]
}

/** Verifies the data folder: prints that all holds, or the first thing that does not, and how many more there are. */
export async function verify(context: Context, { totals, checkpoint }: Verify, io: Io): Promise<ExitCode> {
  const { log, receiptKey } = context
  const others = (checkpoint ?? []).map(checkpointIn)
  for (const { body } of others) {
    if (CheckpointBody.parse(JSON.parse(body)).epoch !== log.epoch)
      io.stderr.write('A checkpoint is of the time before a backup was put back: what came after that backup may rightly differ.\n')
  }
  const found = verifyLog(log, receiptKey.publicKey, others)
  const lines = found.findings.map(say)
  if (totals) lines.push(...(await otherTotals(context, io)))
  if (lines.length === 0) {
    io.stdout.write(`All holds: ${found.events} events and ${found.records} records, up to number ${found.seq}.\n${found.link}\n`)
    sayBesides(found, zoneOf(context), io)
    return 0
  }
  const exit = blame(lines, io)
  sayBesides(found, zoneOf(context), io)
  return exit
}

const zoneOf = ({ store }: Context): string => store.get('district', 'district')?.body.zone ?? 'UTC'

/** Whoever reads that all holds is told as well what was taken out, by whom, and what no signature speaks of. */
function sayBesides({ erasures, figuresAlone }: Verified, zone: string, io: Io): void {
  if (figuresAlone.length > 0)
    io.stdout.write(
      `Signed for their figures alone, so that who signed and with which words cannot be checked: ${figuresAlone.join('; ')}\n`,
    )
  if (erasures.length === 0) return
  io.stdout.write(`Words were taken out of the log by ${erasures.length} ${erasures.length === 1 ? 'erasure' : 'erasures'}:\n`)
  for (const { seq, at, by, entries, isSigned: isOwn } of erasures)
    io.stdout.write(
      `number ${seq}, ${schoolDateOf(at as Instant, zone)}, by ${by}: the words of ${entries} entries${isOwn ? '' : ' (not signed: cannot be checked)'}\n`,
    )
}

/** What of the totals is not what a fold of everything gives: of the lines that are kept for the overview, and of every student. */
async function otherTotals(context: Context, io: Io): Promise<string[]> {
  const { config, deliver, log, schools, store, totals } = context
  const today = schoolDateOf(log.sources.now(), zoneOf(context))
  await openKeeper(log, schools, totals.db()).refresh(today)
  const kept = verifyTotals(config.data, log, deliver)
  const { students, digest, differ } = refold(log, schools, store, today, sha256)
  if (kept.stale) io.stdout.write('The lines of the overview are behind the log, which goes on: they were not compared.\n')
  const lines = [
    ...kept.differ.map((line) => `Kept totals differ: ${line}`),
    ...differ.map(({ student, where }) => `Student ${student}: other totals, ${where}`),
  ]
  if (lines.length === 0) io.stdout.write(`The totals of ${students} students are those of a full refold (${digest.slice(0, 16)}).\n`)
  return lines
}

/** Verifies an audit packet, which needs no data folder. `key`, when given, is the key it must be signed with. */
export function verifyPacketFile(path: string, key: string | undefined, io: Io): ExitCode {
  const found = verifyPacket(textOf(path), { sha256, isSigned }, key)
  if (found.findings.length > 0) return blame(found.findings.map(say), io)
  io.stdout.write(`All holds: ${found.events} events, ${found.receipts} receipts, the totals of ${found.students} students.\n`)
  io.stdout.write(`Signed with key ${found.key}\nCompare it with the key on a printed checkpoint.\n`)
  return 0
}

function blame(lines: readonly string[], io: Io): ExitCode {
  const [first = '', ...more] = lines
  io.stdout.write(`Something does not hold. The first:\n${first}\n`)
  if (more.length > 0) io.stdout.write(`${more.length} more after it:\n${more.slice(0, 19).join('\n')}\n`)
  return 1
}

/** Prints the log's checkpoint: kept here, mailed or printed, it holds the log to what it is today. */
export function printCheckpoint({ checkpoints, inventory, receiptKey, store }: Context, io: Io): void {
  inventory.take(0)
  const { body, signature } = checkpoints.kept(1)[0] ?? checkpoints.newest()
  const said = readCheckpoint({ body, signature }, receiptKey.publicKey, isSigned)
  if (!said) throw new Stop('The checkpoint is not signed with the key of this folder.')
  io.stderr.write(`${store.get('district', 'district')?.body.name ?? 'Recoup'}: ${new Date(said.at).toISOString()}, number ${said.seq}\n`)
  io.stderr.write(`Key ${receiptKey.publicKey}\nKeep the next line outside of this server.\n`)
  io.stdout.write(`${JSON.stringify({ body, signature })}\n`)
}

function checkpointIn(path: string): Checkpoint {
  try {
    const checkpoint = Checkpoint.parse(JSON.parse(textOf(path)))
    CheckpointBody.parse(JSON.parse(checkpoint.body))
    return checkpoint
  } catch (error) {
    if (error instanceof Stop) throw error
    throw new Stop(`${path} is no checkpoint: it should hold one line as "recoup checkpoint" prints it.`)
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Stop(`${path} cannot be read.`)
  }
}
