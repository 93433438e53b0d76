// What people read: both languages whole, and numbers, dates and times as schools write them.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import '../../client/words/late.ts'
import { WORDS } from '../../client/words/index.ts'
import type { SchoolDate } from '../../shared/time.ts'
import { NEVER_SIGNED_IN, REVOKED_BEFORE } from '../../shared/sync/asideDetails.ts'
import { localInstant } from '../../shared/time.ts'
import type { LocalTime } from '../../shared/time.ts'

/** The same in both languages, and rightly so: names, signs, file formats, words both languages share. */
const SHARED =
  /^(common\.(appName|no|gradeShort|table\.total)|district\.imports\.sources\.oneroster\.name|district\.imports\.kinds\..*|teacher\.(join|where|rosterOf|adding|minus)|format\..*|student\.\w*|reasons\..*|periods\.xlsx|reports\.stas\.ssid|reports\.sis\.systems\..*)$/

type Leaf = readonly [path: string, value: unknown]

function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
}

const english = new Map(leaves(WORDS.en))
const spanish = new Map(leaves(WORDS.es))

test('Every English sentence has its Spanish one, and no Spanish one is left over', () => {
  expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort())
})

test('No sentence is empty', () => {
  const empty = [...english, ...spanish].filter(([, value]) => typeof value === 'string' && value.trim() === '')
  expect(empty).toEqual([])
})

test('No Spanish sentence is an English one that somebody forgot to translate', () => {
  const same = [...english].filter(
    ([path, value]) => typeof value === 'string' && value.length > 3 && spanish.get(path) === value && !SHARED.test(path),
  )
  expect(same.map(([path]) => path)).toEqual([])
})

test('A sentence with values takes the same values in both languages', () => {
  const functions = [...english].filter(([, value]) => typeof value === 'function')
  expect(functions.length).toBeGreaterThan(40)
  for (const [path] of functions) expect(typeof spanish.get(path), path).toBe('function')
})

const server = path.resolve(import.meta.dirname, '../../server')

/** Every code the server refuses with, read from its own source. */
const refused = new Set(
  readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(server, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/new Refused\(\s*\d{3},\s*'(\w+)'|\bcode: '(\w+)', message/g)])
    .flatMap(([, thrown, answered]) => thrown ?? answered ?? []),
)

test.each(['en', 'es'] as const)('Whatever the server refuses is said in a sentence of our own: %s', (language) => {
  expect(refused.size).toBeGreaterThan(20)
  const unsaid = [...refused].filter((code) => WORDS[language].common.refusals[code] === undefined)
  expect(unsaid).toEqual([])
})

const on = '2026-11-07' as SchoolDate
const zone = 'America/Los_Angeles'

test.each([
  ['en', 'Sat, Nov 7', 'Nov 7, 2026', 'Saturday, November 7', '3:02\u00a0pm'],
  ['es', 'sáb 7 nov', '7 nov 2026', 'sábado 7 de noviembre', '3:02\u00a0p.\u00a0m.'],
] as const)('In %s a date reads %s, %s and %s, and a time %s', (language, date, withYear, long, time) => {
  const { format } = WORDS[language]
  expect([format.date(on), format.dateWithYear(on), format.longDate(on), format.wallTime('15:02')]).toEqual([date, withYear, long, time])
})

test.each([
  ['00:00', '12:00\u00a0am'],
  ['11:59', '11:59\u00a0am'],
  ['12:00', '12:00\u00a0pm'],
  ['23:59', '11:59\u00a0pm'],
])('The wall clock’s %s is %s', (time, words) => {
  expect(WORDS.en.format.wallTime(time)).toBe(words)
})

test('A moment is shown in the site’s zone, with its date only on another day', () => {
  const at = localInstant(on, '23:30' as LocalTime, zone)
  const sameDay = localInstant(on, '08:00' as LocalTime, zone)
  const nextDay = localInstant('2026-11-08' as SchoolDate, '00:10' as LocalTime, zone)
  expect(WORDS.en.format.moment(at, zone, sameDay)).toBe('11:30\u00a0pm')
  expect(WORDS.en.format.moment(at, zone, nextDay)).toBe('Sat, Nov 7, 11:30\u00a0pm')
  const inJuly = localInstant('2027-07-11' as SchoolDate, '11:00' as LocalTime, zone)
  expect(WORDS.en.format.moment(at, zone, inJuly)).toBe('Sat, Nov 7, 2026, 11:30\u00a0pm')
  expect(WORDS.es.format.moment(at, zone, inJuly)).toBe('sáb 7 nov 2026, 11:30\u00a0p.\u00a0m.')
})

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
])('%i is written %s', (n, text) => {
  expect(WORDS.en.format.number(n)).toBe(text)
  expect(WORDS.es.format.number(n)).toBe(text)
})

test('One student is not "1 students"', () => {
  expect([WORDS.en.common.students(1), WORDS.en.common.students(2), WORDS.es.common.students(1), WORDS.es.common.students(0)]).toEqual([
    '1 student',
    '2 students',
    '1 estudiante',
    '0 estudiantes',
  ])
})

test.each([
  [0, '0\u00a0min'],
  [59, '59\u00a0min'],
  [60, '1\u00a0h'],
  [102, '1\u00a0h\u00a042\u00a0min'],
])('%i minutes are %s', (minutes, text) => {
  expect(WORDS.en.format.duration(minutes)).toBe(text)
})

test.each([
  ['en', 'The device was revoked before it sent this.', 'It carries the name of another device.'],
  ['es', 'El dispositivo se había revocado antes de enviarlo.', 'Lleva el nombre de otro dispositivo.'],
] as const)('What a revoked device sent is set aside for that, and for no other reason: %s', (language, revoked, other) => {
  const { reasonOf } = WORDS[language].coordinator.setAside
  expect(reasonOf({ reason: 'otherDevice', detail: REVOKED_BEFORE })).toBe(revoked)
  expect(reasonOf({ reason: 'otherDevice', detail: 'Recorded on another device than the one that sent it' })).toBe(other)
})

test.each([
  ['en', /^The person it names has never signed in on this device\./, 'The person who recorded it is not on the staff.'],
  ['es', /^La persona que nombra nunca entró en este dispositivo\./, 'Quien lo registró no está en el personal.'],
] as const)('What is in the name of somebody who never signed in there says so: %s', (language, never, other) => {
  const { reasonOf } = WORDS[language].coordinator.setAside
  expect(reasonOf({ reason: 'unknownActor', detail: NEVER_SIGNED_IN })).toMatch(never)
  expect(reasonOf({ reason: 'unknownActor', detail: 'The person who recorded it is not on the staff list' })).toBe(other)
})

test('A Spanish sentence that ends with a time has one full stop', () => {
  const time = '7:49\u00a0a.\u00a0m.'
  const { trust, followUp, periods, coordinator, teacher } = WORDS.es
  const sentences = [
    ...[trust.passkeys.made(time), trust.passkeys.used(time), trust.signedIn.since(time), trust.signedIn.used(time)],
    ...[trust.devices.newCodeText(time), followUp.importedOn(time), coordinator.editor.insideDay(time, time), teacher.signInEnds(time)],
    ...[periods.reopen.waits('D. Lund', time), periods.reopen.ends(time), periods.reopen.opened('D. Lund', time)],
  ]
  expect(sentences.filter((sentence) => sentence.includes('..'))).toEqual([])
  expect(sentences.filter((sentence) => !sentence.endsWith('.'))).toEqual([])
  expect(trust.passkeys.made('7 nov')).toBe('Añadida 7 nov.')
})

test('Spanish says one thing by one word', () => {
  const said = [...spanish].filter(([, value]) => typeof value === 'string') as [string, string][]
  const other = /\bmaestr[oa]s?\b|\bperíodos?\b|\bordenador(es)?\b|\bAnnual\b|\bTerminar sesión(?! de clase)/i
  expect(said.filter(([, text]) => other.test(text))).toEqual([])
  expect([WORDS.es.teacher.endSession, WORDS.es.followUp.figures.openNote(1), WORDS.es.followUp.figures.openNote(2)]).toEqual([
    'Terminar sesión de clase',
    '1 pasó la fecha acordada',
    '2 pasaron la fecha acordada',
  ])
})
