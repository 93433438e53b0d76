/** Begins a district: its record, the policy it starts with, and its first administrator. */
import { as, type StaffId } from '../../shared/ids.ts'
import type { Policy } from '../../shared/registry.ts'
import type { SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'

/** The pack's defaults: the conservative reading wherever the law leaves a choice. */
export const FIRST_POLICY: Policy = {
  from: '2025-07-01' as SchoolDate,
  accrual: 'hours',
  dailyPath: 'minutes',
  remainder: 'discard',
  ratioBreach: 'noCredit',
  countUncertified: false,
  yearlyMost: 10,
  decidedBy: 'Recoup',
  why: 'The cautious reading wherever the law leaves a choice. A district may decide otherwise from a date on.',
}

export interface NewDistrict {
  readonly name: string
  readonly zone: string
  readonly lea: string | null
  readonly administrator: { readonly name: string; readonly username: string; readonly password: string }
  /** Asked for unless this is false: see decision 0073. */
  readonly secondFactor?: boolean | undefined
}

/** Makes an empty district that its administrator can sign in to. */
export async function beginDistrict({ accounts, log, store, trustPolicy }: Context, district: NewDistrict): Promise<void> {
  const { name, zone, lea, administrator, secondFactor = true } = district
  trustPolicy.set({ secondFactor })
  const staff = as<StaffId>(log.sources.newId())
  store.apply([
    { kind: 'district', id: 'district', ended: false, body: { name, zone, lea, sample: false } },
    { kind: 'policy', id: FIRST_POLICY.from, ended: false, body: FIRST_POLICY },
    {
      kind: 'staff',
      id: staff,
      ended: false,
      body: {
        id: staff,
        name: administrator.name,
        email: emailIn(administrator.username),
        sites: [],
        title: 'Administrator',
        certificated: false,
        employee: true,
      },
    },
  ])
  await accounts.create(staff, administrator.username, 'administrator', administrator.password)
}

/** A username that is an address is the person's, also for the district's own sign-in. */
const emailIn = (username: string): string => (/^\S+@\S+\.\S+$/.test(username) ? username : '')
