/** What an import changes while tablets are out: absences, enrollments, lists, people. Each change is one transaction. */
import { sectionOf, absence, day, ELM, enrollment, HOMES, OAK, SITES, staffRecord, studentRecord } from './district.ts'
import { addDays } from '../../../shared/time.ts'
import { oneIn } from './chance.ts'
import type { World } from './world.ts'

type Change = (world: World) => string

const names = Object.keys(HOMES)

const absences: Change = ({ chance, server }) => {
  const student = chance.pick(names)
  const on = addDays(day('2026-09-01'), chance.below(60))
  server.context.store.apply([absence(student, HOMES[student] ?? ELM, on, oneIn(chance, 3))])
  return `an import changes an absence of ${student}`
}

const moves: Change = ({ chance, server }) => {
  const student = chance.pick(names)
  const from = HOMES[student] ?? ELM
  const to = from === ELM ? OAK : ELM
  server.context.store.apply([enrollment(student, from, '05', day('2026-11-01')), enrollment(student, to, '06')])
  return `an import moves ${student} to ${to}`
}

export const lists: Change = ({ chance, server }) => {
  const at = chance.pick(SITES)
  const students = names.filter(() => oneIn(chance, 3))
  server.context.store.apply([sectionOf(at, students)])
  return `the list at ${at} becomes ${students.join(', ') || 'empty'}`
}

/** Those of one school who sat in one session of another: when they leave, that session goes with them. */
function guests({ chance, server }: World): readonly string[] {
  const followed = server.context.log.db
    .prepare<[], { session: string; site: string }>('SELECT session, site FROM session_site ORDER BY session, site')
    .all()
  if (followed.length === 0) return []
  const { session, site } = chance.pick(followed)
  const seated = server.context.log.db.prepare<[string], string>('SELECT student FROM session_student WHERE session = ? ORDER BY student')
  return seated
    .pluck()
    .all(session)
    .filter((id) => HOMES[id] === site)
}

/** No longer enrolled, and on no list: the school is told to forget. Later the student may be back. */
const leaves: Change = (world) => {
  const { chance, server } = world
  const isBack = oneIn(chance, 3)
  const together = isBack ? [] : guests(world)
  const students = together.length > 0 ? together : [chance.pick(names)]
  const from = HOMES[students[0] ?? ''] ?? ELM
  const { body, ended } = server.context.store.get('section', `${from}-section`) ?? {}
  const listed = body?.students.filter((id) => !students.includes(id)) ?? []
  server.context.store.apply([
    ...students.map((student) => ({ ...enrollment(student, from), ended: !isBack })),
    ...(body && !ended ? [sectionOf(from, listed)] : []),
  ])
  return `${students.join(', ')} ${isBack ? 'is enrolled at' : 'leaves'} ${from}`
}

const people: Change = ({ chance, server }) => {
  const certificated = oneIn(chance, 2)
  server.context.store.apply([staffRecord('rivera', [ELM], certificated)])
  return `rivera is ${certificated ? '' : 'not '}certificated`
}

const schools: Change = ({ chance, server, witness }) => {
  const sites = chance.pick([[ELM], [OAK], [ELM, OAK]])
  server.context.store.apply([staffRecord('tate', sites)])
  witness.moved.add('tate')
  return `tate now works at ${sites.join(' and ')}`
}

const twins: Change = ({ chance, server }) => {
  const pair = chance.pick([
    ['ana', 'dora'],
    ['ben', 'gus'],
  ])
  const ssid = `99${pair[0]?.length ?? 0}${pair[1]?.length ?? 0}000000`
  server.context.store.apply(pair.map((student) => studentRecord(student, ssid)))
  return `${pair.join(' and ')} turn out to be one student`
}

/** Something in the registry changes. */
export async function changeRegistry(world: World): Promise<string> {
  return world.chance.pick([absences, absences, moves, leaves, leaves, leaves, lists, people, schools, twins])(world)
}
