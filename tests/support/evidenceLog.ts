/** Logs to verify: whole ones of an honest district, made through the server's own door, with what honest life brings. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { as, type DeviceId, type SectionId, type SessionId, type SiteId, type StaffId, type StudentId } from '../../shared/ids.ts'
import { instant, MINUTE, type SchoolDate } from '../../shared/time.ts'
import { type Context, openContext } from '../../server/context.ts'
import { openSignedIn } from '../../server/log/signedIn.ts'
import { openTablet, type Tablet } from '../../server/sample/tablet.ts'
import { type Random, random } from './random.ts'
import { REPORT } from './report.ts'

const ROOM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const SITES = ['elm', 'oak'].map((id) => as<SiteId>(id))
/** Who has which tablet, and where they work. */
const TABLETS = [
  ['rivera', 'elm'],
  ['osei', 'oak'],
  ['marsh', 'elm'],
] as const
const BEGINNING = Date.UTC(2026, 10, 21, 16)
export interface EvidenceLog {
  readonly context: Context
  readonly folder: string
  close(): void
}

const configOf = (data: string) => ({ host: '127.0.0.1', port: 0, data, dist: join(data, 'dist'), url: undefined, loopback: true })
const newFolder = () => mkdtempSync(join(ROOM, 'recoup-evidence-'))
/** An id of this seed, in the shape of the real ones. */
const idOf = (chance: Random): string => `${chance.hex(8)}-${chance.hex(4)}-7${chance.hex(3)}-8${chance.hex(3)}-${chance.hex(12)}`

let prepared: Promise<string> | undefined
async function prepare(): Promise<string> {
  const data = newFolder()
  process.once('exit', () => rmSync(data, { recursive: true, force: true }))
  const chance = random(1)
  const sources = { now: () => instant(BEGINNING), newId: () => idOf(chance), random: (n: number) => Buffer.from(chance.hex(n * 2), 'hex') }
  const context = openContext(configOf(data), sources, 100)
  for (const site of SITES) {
    const body = { id: site, name: site, code: site, cds: null, type: 'regular' as const, zone: 'America/Los_Angeles', years: [] }
    context.store.apply([{ kind: 'site', id: site, ended: false, body }])
  }
  const signedIn = openSignedIn(context.log)
  for (const [i, [name, site]] of TABLETS.entries()) {
    const body = { id: as<StaffId>(name), name, email: '', sites: [as<SiteId>(site)], title: '', certificated: true, employee: true }
    context.store.apply([{ kind: 'staff', id: name, ended: false, body }])
    context.log.write(() => signedIn.note(`tablet-${i}`, name))
  }
  for (let i = 0; i < 12; i++) context.store.apply([studentChange(i, 'Tester')])
  await context.accounts.create('marsh', 'marsh', 'coordinator', 'a long enough password')
  context.close()
  return data
}

const studentChange = (i: number, last: string) => ({
  kind: 'student' as const,
  id: `student-${i}`,
  ended: false,
  body: {
    id: as<StudentId>(`student-${i}`),
    localId: `L-${i}`,
    ssid: null,
    first: `First${i}`,
    last,
    iepMinutes: null,
    setting: 'classroom' as const,
    independentStudy: [],
  },
})

/** A log with about so many events; the same for the same seed. With chance come late parts, repeats, what is set aside, and decisions. */
export async function evidenceLog(seed: number, events: number): Promise<EvidenceLog> {
  const folder = newFolder()
  cpSync(await (prepared ??= prepare()), folder, { recursive: true })
  const chance = random(seed)
  const clock = { now: BEGINNING }
  const sources = {
    now: () => instant((clock.now += 1000)),
    newId: () => idOf(chance),
    random: (n: number) => Buffer.from(chance.hex(n * 2), 'hex'),
  }
  const context = openContext(configOf(folder), sources, 100)
  const tablets = TABLETS.map(([name, site], i) => {
    return {
      name: as<StaffId>(name),
      tablet: openTablet(as<DeviceId>(`tablet-${i}`), as<SiteId>(site), sources.newId),
      sent: 0,
      held: [] as unknown[],
    }
  })
  const push = (device: string, batch: readonly unknown[]) => context.receive({ device, events: batch, report: REPORT })
  while (context.log.head() < events + 20) {
    const one = chance.pick(tablets)
    const device = `tablet-${tablets.indexOf(one)}`
    for (let n = 1 + chance.below(8); n > 0; n--) recordOne(one.tablet, one.name, chance, clock.now)
    const batch: unknown[] = one.tablet.events.slice(one.sent)
    one.sent = one.tablet.events.length
    switch (chance.below(8)) {
      case 0:
        one.held.push(...batch.splice(Math.floor(batch.length / 2), 1))
        break
      case 1:
        batch.push(...one.tablet.events.slice(0, 3))
        break
      case 2:
        batch.push({ ...one.tablet.events[0], at: 7 }, { no: 'event' }, { ...one.tablet.events[0], id: sources.newId(), actor: 'nobody' })
        break
      case 3:
        batch.push(...one.held.splice(0))
        break
      case 4:
        context.store.apply([studentChange(chance.below(12), chance.hex(6))])
        break
      case 5:
        decide(context, tablets[2]?.tablet, chance, clock.now)
    }
    push(device, batch)
    if (chance.below(4) === 0) context.checkpoints.newest()
    clock.now += chance.below(20) * MINUTE
  }
  for (const [i, one] of tablets.entries()) push(`tablet-${i}`, one.held)
  context.checkpoints.kept(1)
  return {
    context,
    folder,
    close() {
      context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function recordOne(tablet: Tablet, actor: StaffId, chance: Random, now: number): void {
  const session = as<SessionId>(`${tablet.events[0]?.site ?? actor}-${chance.below(4)}`)
  const student = as<StudentId>(`student-${chance.below(12)}`)
  const at = instant(now)
  switch (chance.below(6)) {
    case 0: {
      const window = { from: at, until: instant(now + 60 * MINUTE) }
      const on = '2026-11-21' as SchoolDate
      tablet.record(actor, at, {
        type: 'SessionStarted',
        session,
        section: as<SectionId>('saturday'),
        on,
        window,
        breaks: [],
        room: 'Library',
        title: 'Söndag',
      })
      return
    }
    case 1:
      tablet.record(actor, at, { type: 'StudentNoted', session, student, text: `said “${chance.hex(8)}”\n` })
      return
    case 2:
      tablet.record(actor, at, { type: 'StudentCheckedOut', session, student })
      return
    case 3: {
      const last = tablet.events.at(-1)
      if (last) tablet.record(actor, at, { type: 'EventVoided', session, voids: last.id, reason: 'tapped by mistake' })
      return
    }
    default:
      tablet.record(actor, at, { type: 'StudentCheckedIn', session, student })
  }
}

/** The coordinator takes, or refuses, something that was set aside. */
function decide({ overview }: Context, tablet: Tablet | undefined, chance: Random, now: number): void {
  const waiting = overview.quarantine('all').find(({ event }) => event !== null)
  if (!waiting?.event || !tablet) return
  const decision = chance.below(2) === 0 ? 'accept' : 'refuse'
  tablet.record(as<StaffId>('marsh'), instant(now), { type: 'ReviewDecided', event: waiting.event, decision, reason: 'looked into it' })
}
