import type { StudentId } from '../../../shared/ids.ts'
import { isSameName } from '../sameName.ts'
import { expected, type Expected } from './expected.ts'
import type { Plan } from './plan.ts'

/** Where a file gives a statewide identifier, and how a fault of it is reported. */
export interface SsidAt {
  readonly line: number
  readonly report: (line: number, ssid: string, said: Expected) => void
}

/**
 * The statewide identifiers of an import. Entries that share one are one student for the law, so two children must never: who is given the
 * identifier of a student of another name keeps what was known before. It is judged when the whole file is read, because identifiers may be
 * exchanged in it.
 */
export interface Ssids {
  /** What a student had before this import. */
  before(student: StudentId): string | null
  /** A line gives a student an identifier. `otherwise` is what the student keeps when it is somebody else's. */
  claim(student: StudentId, ssid: string, otherwise: string | null, at: SsidAt): void
  /** Takes back, with a fault, what is somebody else's. */
  settle(): void
}

interface Claim {
  readonly ssid: string
  readonly otherwise: string | null
  readonly at: SsidAt
}

export function openSsids(plan: Plan): Ssids {
  const held = new Map([...plan.list('student').values()].map(({ body }) => [body.id, body.ssid]))
  const claims = new Map<StudentId, Claim>()

  function settle(): void {
    if (claims.size === 0) return
    const holders = new Map<string, Set<StudentId>>()
    const hold = (ssid: string | null, student: StudentId): void => {
      if (ssid === null) return
      const own = holders.get(ssid)
      if (own) own.add(student)
      else holders.set(ssid, new Set([student]))
    }
    for (const { ended, body } of plan.list('student').values()) if (!ended) hold(body.ssid, body.id)
    // Who gets an identifier back may meet somebody who was given it: until nobody is left of whom that is so.
    for (let again = true; again; ) {
      again = false
      const judged = new Set<StudentId>()
      for (const [student, claim] of [...claims]) {
        const other = otherOf(student, holders.get(claim.ssid) ?? new Set(), (id) => !claims.has(id) || judged.has(id))
        if (other === undefined) judged.add(student)
        else {
          takeBack(student, claim, other)
          holders.get(claim.ssid)?.delete(student)
          hold(claim.otherwise, student)
          again = true
        }
      }
    }
  }

  /** Another child among the holders, whose own claim was not made later. */
  function otherOf(student: StudentId, holders: ReadonlySet<StudentId>, isSettled: (id: StudentId) => boolean): StudentId | undefined {
    const own = plan.get('student', student)?.body
    return [...holders].find((id) => {
      const name = plan.get('student', id)?.body
      return id !== student && isSettled(id) && own !== undefined && name !== undefined && !isSameName(own, name)
    })
  }

  function takeBack(student: StudentId, { ssid, otherwise, at }: Claim, other: StudentId): void {
    const body = plan.get('student', student)
    if (body) plan.put('student', student, { ...body.body, ssid: otherwise }, body.ended)
    const line = claims.get(other)?.at.line
    const number = plan.get('student', other)?.body.localId ?? other
    at.report(at.line, ssid, line === undefined ? expected('ssidOfStudent', { student: number }) : expected('ssidOfLine', { line }))
    claims.delete(student)
  }

  return {
    before: (student) => held.get(student) ?? null,
    claim(student, ssid, otherwise, at) {
      if (ssid !== held.get(student)) claims.set(student, { ssid, otherwise, at: claims.get(student)?.at ?? at })
    },
    settle,
  }
}
