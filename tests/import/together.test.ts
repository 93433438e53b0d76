import { expect, it } from 'vitest'
import { RegistryMoved, type RegistryStore } from '../../server/registry/store.ts'
import { smallDistrict, studentRecord } from '../server/smallDistrict.ts'
import { bringLines } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'

const STUDENTS = 'Student ID,Last Name,First Name,Grade,School Code'

/** A registry into which somebody else writes just before a plan is applied, so many times. */
function shared(times: number): RegistryStore {
  const store = memoryRegistry()
  let left = times
  return {
    ...store,
    apply(changes, sources, from) {
      const held = store.get('student', 'stu-1')
      if (held && left > 0) {
        left -= 1
        store.apply([{ ...held, body: { ...held.body, iepMinutes: 100 + left } }])
      }
      return store.apply(changes, sources, from)
    },
  }
}

async function district(times: number): Promise<RegistryStore> {
  const store = shared(times)
  await bringLines(store, 'schools', ['School Code,School Name', '100,Alder Creek'])
  await bringLines(store, 'students', [STUDENTS, '1,Cruz,Ana,05,100'])
  return store
}

it('What somebody else wrote while the file was read is kept: the import works its changes out again', async () => {
  const store = await district(2)
  const { outcome } = await bringLines(store, 'students', [STUDENTS, '1,Cruz,Ana María,05,100'])
  expect(outcome).toBe('committed')
  expect(store.get('student', 'stu-1')?.body).toMatchObject({ first: 'Ana María', iepMinutes: 100 })
})

it('The database itself refuses changes that were worked out on an earlier state, and takes those of the present one', async () => {
  const { store } = (await smallDistrict()).context
  const from = store.head()
  store.apply([studentRecord('ana', '1000000001')], [], from)
  expect(() => store.apply([studentRecord('ben', '1000000002')], [], from)).toThrow(RegistryMoved)
  expect(store.get('student', 'ben')?.body.ssid).toBeNull()
  expect(store.head()).toBeGreaterThan(from)
})

it('Where others never stop writing, nothing is written and it is said', async () => {
  const store = await district(100)
  const { outcome, report } = await bringLines(store, 'students', [STUDENTS, '1,Cruz,Ana María,05,100'])
  expect([outcome, store.get('student', 'stu-1')?.body.first]).toEqual(['refused', 'Ana'])
  expect(report.faults[0]?.expected).toContain('Nothing was written; import it again')
})
