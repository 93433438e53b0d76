import type { Person } from '../../../../shared/api.ts'
import type { Tone } from '../../../ui/tone.ts'

export const STATES = ['none', 'invited', 'active', 'disabled'] as const
export type AccountState = (typeof STATES)[number]

export const accountState = (person: Person): AccountState => person.account?.state ?? 'none'

export const STATE_TONE: Readonly<Record<AccountState, Tone>> = { none: 'calm', invited: 'accent', active: 'good', disabled: 'stop' }
