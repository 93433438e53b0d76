/** What cells mean. Each reader gives undefined for text it does not understand; the caller says what it expected. */
import { ABSENCE_KINDS, SCHOOL_TYPES } from '../../../shared/registry.ts'
import type { AbsenceKind, Grade, SchoolType } from '../../../shared/registry.ts'
import type { LocalTime, SchoolDate } from '../../../shared/time.ts'
import { parseLocalTime, parseSchoolDate } from '../../../shared/time.ts'
import { isZone } from '../../../shared/zones.ts'

const IN_WORDS: Readonly<Record<string, Grade>> = {
  tk: 'TK',
  t: 'TK',
  transitionalkindergarten: 'TK',
  k: 'KG',
  kg: 'KG',
  kn: 'KG',
  kf: 'KG',
  kdg: 'KG',
  kindergarten: 'KG',
  kinder: 'KG',
  0: 'KG',
  first: '01',
  second: '02',
  third: '03',
  fourth: '04',
  fifth: '05',
  sixth: '06',
  seventh: '07',
  eighth: '08',
  ninth: '09',
  tenth: '10',
  eleventh: '11',
  twelfth: '12',
}

/** A grade however it is written: `KG`, `Kindergarten`, `0`, `1`, `01`, `1st`, `First Grade`, `Grade 1`. Not preschool, not ungraded. */
export function gradeOf(text: string): Grade | undefined {
  const word = text
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/^grade|grade$/g, '')
  const number = /^0*(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)
  if (number && Number(number[1]) > 0) return Number(number[1]) <= 12 ? (number[1]?.padStart(2, '0') as Grade) : undefined
  return Object.hasOwn(IN_WORDS, number ? '0' : word) ? IN_WORDS[number ? '0' : word] : undefined
}

const AMERICAN = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/

/** A date as `2026-08-17`, `08/17/2026`, `8/17/26`, with or without a time of day behind it. */
export function dateOf(text: string): SchoolDate | undefined {
  const day = text.split(/[T ]/)[0] ?? ''
  const m = AMERICAN.exec(day)
  if (!m) return parseSchoolDate(day)
  const [, month = '', date = '', year = ''] = m
  return parseSchoolDate(`${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
}

/** A time of day: `08:15`, `8:15`, `2:30 PM`. */
export function timeOf(text: string): LocalTime | undefined {
  const m = /^(\d{1,2}):(\d{2})(?::00)? ?([AaPp])?\.?[Mm]?\.?$/.exec(text)
  if (!m) return undefined
  const [, hour = '', minute = '', half] = m
  const twelve = Number(hour)
  if (half !== undefined && (twelve < 1 || twelve > 12)) return undefined
  const hours = half === undefined ? twelve : (twelve % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return parseLocalTime(`${String(hours).padStart(2, '0')}:${minute}`)
}

/** A time zone by its IANA name. */
export const zoneOf = (text: string): string | undefined => (isZone(text) ? text : undefined)

/** A statewide identifier: 10 digits, or none. */
export const ssidOf = (text: string): { readonly ssid: string | null } | undefined =>
  text === '' ? { ssid: null } : /^\d{10}$/.test(text) ? { ssid: text } : undefined

/** A county-district or school code of the state: 7 digits, or none. */
export const cdsOf = (text: string): { readonly code: string | null } | undefined =>
  text === '' ? { code: null } : /^\d{7}$/.test(text) ? { code: text } : undefined

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '')
const wordFrom =
  <T extends string>(words: readonly T[], aliases: Readonly<Record<string, T>>) =>
  (text: string): T | undefined => {
    const letters = lettersOf(text)
    return words.find((word) => word.toLowerCase() === letters) ?? (Object.hasOwn(aliases, letters) ? aliases[letters] : undefined)
  }

const schoolType = wordFrom<SchoolType>(SCHOOL_TYPES, {
  '': 'regular',
  county: 'countyCommunity',
  communityday: 'communityDay',
  juvenilecourtschool: 'juvenileCourt',
})
/** A kind of school, in any case and spacing; blank is regular. */
export const schoolTypeOf = (text: string): SchoolType | undefined => schoolType(text)

const absenceKind = wordFrom<AbsenceKind>(ABSENCE_KINDS, { suspended: 'suspension', partial: 'partialDay', tardy: 'partialDay' })
/** What an attendance code stands for, in any case and spacing. */
export const absenceKindOf = (text: string): AbsenceKind | undefined => absenceKind(text)
