/** The sample district, as a bench needs it. */
import type { SampleAccount, SetupState } from '../../shared/api/people.ts'
import type { PullReply } from '../../shared/api/sync.ts'
import type { StudentId } from '../../shared/ids.ts'
import { instant, schoolDateOf } from '../../shared/time.ts'
import type { Device } from '../support/device.ts'

/** Makes the server at `url` a sample district; gives its teacher's account. */
export async function signInToSample(url: string): Promise<SampleAccount> {
  const headers = { 'content-type': 'application/json', origin: url }
  const made = await fetch(`${url}/api/setup/sample`, { method: 'POST', headers, body: '{}' })
  if (!made.ok) throw new Error(`The sample district was not made: ${made.status} ${await made.text()}`)
  const state = (await (await fetch(`${url}/api/setup`)).json()) as SetupState
  const teacher = state.accounts.find(({ role }) => role === 'teacher')
  if (teacher === undefined) throw new Error('The sample district has no teacher')
  return teacher
}

/** The students of the device's own site. */
export async function studentsOf(device: Device): Promise<StudentId[]> {
  const asOf = schoolDateOf(instant(Date.now()), 'America/Los_Angeles')
  const reply = await device.ask<PullReply>('POST', '/api/sync/pull', { protocol: 1, cursor: null, asOf, limit: 5000 })
  const site = device.signedIn.me.sites[0]
  return reply.records.flatMap((record) => (record.kind === 'enrollment' && record.body.site === site ? [record.body.student] : []))
}
