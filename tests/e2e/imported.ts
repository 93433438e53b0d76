/** A district as it stands on the day before the first session: imported files, a section, people with accounts. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import type { RosterReply } from '../../shared/api/desk.ts'
import type { InvitesReply, Person } from '../../shared/api/people.ts'
import type { SectionId, SiteId } from '../../shared/ids.ts'
import type { Section } from '../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../shared/time.ts'
import { addDays, instant, localTimeOf, schoolDateOf } from '../../shared/time.ts'
import { ZONE_NAMES } from '../../shared/zones.ts'
import { sampleTime } from '../../server/sample/when.ts'
import { openDevice } from '../support/device.ts'
import type { Device } from '../support/device.ts'
import { openDistrict } from '../support/server.ts'
import type { District } from '../support/server.ts'

const SAMPLE = path.resolve(import.meta.dirname, '../../server/sample/district')
const IN_SECTION = 12
/** Whom the section takes: students with three absences where there are enough, which a fiscal year's first days do not have. */
const MOST_ABSENT = [3, 2, 1, 0]
export const PASSWORD = 'correct horse battery staple'

export interface Imported {
  readonly district: District
  /** The administrator, without a screen. */
  readonly administrator: Device
  readonly zone: string
  readonly today: SchoolDate
  readonly section: Section
  /** The students of the section, as they are called on screens, in the roster's order. */
  readonly students: readonly { readonly id: string; readonly name: string }[]
  /** The section's teacher, who has an account. */
  readonly teacher: { readonly name: string; readonly username: string }
  readonly otherSite: SiteId
}

/** Imports the files that come with the program, through the command line, and prepares one section that meets every day, all day. */
export async function importedDistrict(): Promise<Imported> {
  const zone = middayZone()
  const today = schoolDateOf(instant(Date.now()), zone)
  const district = await openDistrict()
  await district.start()
  await post(`${district.url}/api/setup/district`, {
    name: 'Willow Valley',
    zone,
    lea: '9970001',
    administrator: { name: 'Ada Admin', username: 'ada', password: PASSWORD },
    // Scripts sign in here by the dozen, without a telephone.
    secondFactor: false,
  })
  for (const [source, file] of [
    ['oneroster', 'oneroster'],
    ['students', 'sis/students.csv'],
    ['codes', 'sis/attendance-codes.csv'],
  ] as const) {
    await district.recoup('import', source, path.join(SAMPLE, file), '--commit')
  }
  const absences = path.join(mkdtempSync(path.join(tmpdir(), 'recoup-absences-')), 'absences.csv')
  writeFileSync(absences, movedTo(today, readFileSync(path.join(SAMPLE, 'sis/absences.csv'), 'utf8')))
  await district.recoup('import', 'absences', absences, '--commit')
  const administrator = await openDevice(district.url, 'ada', PASSWORD)
  const { people } = await administrator.ask<{ people: Person[] }>('GET', '/api/people')
  const teacher = people.find((person) => person.certificated && person.sites.length === 1)
  if (teacher === undefined) throw new Error('The files brought no teacher')
  const username = await account(administrator, teacher.staff, 'teacher')

  const roster = await administrator.ask<RosterReply>('GET', `/api/roster?asOf=${today}`)
  const site = teacher.sites[0] as SiteId
  const pupils = roster.rows.filter((row) => row.site === site && row.grade !== 'TK' && row.grade !== 'KG')
  const here = MOST_ABSENT.map((least) => pupils.filter((row) => row.eligibleAbsences >= least)).find((rows) => rows.length >= IN_SECTION)
  if (here === undefined) throw new Error('The files brought too few students')
  const section: Section = {
    id: v7() as SectionId,
    site,
    name: 'Study hall',
    room: '12',
    staff: [teacher.staff],
    meets: { kind: 'weekly', weekdays: [0, 1, 2, 3, 4, 5, 6], from: addDays(today, -30), until: addDays(today, 60) },
    window: { from: '00:01' as LocalTime, until: '23:59' as LocalTime },
    breaks: [],
    students: here.slice(0, IN_SECTION).map((row) => row.student),
  }
  await administrator.ask('PUT', `/api/sections`, { section, ended: false })
  return {
    district,
    administrator,
    zone,
    today,
    section,
    students: here.slice(0, IN_SECTION).map((row) => ({ id: row.student, name: `${row.first} ${row.last}` })),
    teacher: { name: teacher.name, username },
    otherSite: roster.rows.find((row) => row.site !== null && row.site !== site)?.site as SiteId,
  }
}

/** Invites a person and takes the invitation up; gives the user name. */
export async function account(administrator: Device, staff: Person['staff'], role: string): Promise<string> {
  const { invites } = await administrator.ask<InvitesReply>('POST', '/api/people/invites', { staff: [staff], role })
  const invite = invites[0]
  if (invite === undefined) throw new Error('No invitation was made')
  await administrator.ask('POST', `/api${invite.path.replace(/^\/invite\//, '/invites/')}`, { password: PASSWORD })
  return invite.username
}

/** The file's absences, moved as the sample moves them: some weeks of them lie before today, whatever day it is. */
function movedTo(today: SchoolDate, csv: string): string {
  const { moved } = sampleTime(today)
  return csv.replaceAll(/(\d\d)\/(\d\d)\/(\d{4})/g, (_, month: string, day: string, year: string) => {
    const [y, m, d] = addDays(`${year}-${month}-${day}` as SchoolDate, moved).split('-')
    return `${m}/${d}/${y}`
  })
}

/** A zone in which it is now neither early nor late: a session may begin hours ago and end hours from now on the same date. */
function middayZone(): string {
  const fromNoon = (zone: string) => Math.abs(Number(localTimeOf(instant(Date.now()), zone).slice(0, 2)) - 12)
  return ZONE_NAMES.reduce((best, zone) => (fromNoon(zone) < fromNoon(best) ? zone : best))
}

async function post(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin }
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${await reply.text()}`)
}
