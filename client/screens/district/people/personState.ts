import type { Person, Role } from '../../../../shared/api/people.ts'
import type { SectionsReply } from '../../../../shared/api/registry.ts'
import type { SectionId } from '../../../../shared/ids.ts'
import type { Section } from '../../../../shared/registry.ts'
import type { Tone } from '../../../ui/tone.ts'
import { rolesToGive } from '../../desk/may.ts'

export const STATES = ['none', 'invited', 'active', 'disabled'] as const
export type AccountState = (typeof STATES)[number]

/** Whether somebody of this role may make this person a link: to a first password, or to another in place of a lost one. */
export const mayGiveLink = (giver: Role, { account }: Person): boolean =>
  account !== null && account.state !== 'disabled' && rolesToGive(giver).includes(account.role)

export const accountState = (person: Person): AccountState => person.account?.state ?? 'none'

export const STATE_TONE: Readonly<Record<AccountState, Tone>> = { none: 'calm', invited: 'accent', active: 'good', disabled: 'stop' }

/** The sections to which all of these people can be limited: of schools where each of them works, by name. */
export function sectionsFor(sections: SectionsReply['sections'], people: readonly Person[]): readonly Section[] {
  const isShared = (site: string): boolean => people.every((person) => person.sites.includes(site))
  const open = sections.filter(({ ended, section }) => !ended && isShared(section.site)).map(({ section }) => section)
  return open.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1))
}

/** What is sent of the sections picked: none is the whole school. */
export const named = (picked: readonly SectionId[]): SectionId[] | null => (picked.length === 0 ? null : [...picked])

export const sameSections = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((section) => other.includes(section))
