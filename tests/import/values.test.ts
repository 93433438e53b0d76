import { describe, expect, it } from 'vitest'
import { absenceKindOf, cdsOf, dateOf, gradeOf, schoolTypeOf, ssidOf, timeOf } from '../../server/registry/import/values.ts'

describe('A grade is understood however a system writes it', () => {
  it.each([
    ['TK', 'TK'],
    ['tk', 'TK'],
    ['T', 'TK'],
    ['Transitional Kindergarten', 'TK'],
    ['KG', 'KG'],
    ['K', 'KG'],
    ['Kindergarten', 'KG'],
    ['0', 'KG'],
    ['00', 'KG'],
    ['KN', 'KG'],
    ['1', '01'],
    ['01', '01'],
    ['1st', '01'],
    ['First', '01'],
    ['1st Grade', '01'],
    ['Grade 1', '01'],
    ['First Grade', '01'],
    ['2nd', '02'],
    ['3rd', '03'],
    ['09', '09'],
    ['10', '10'],
    ['Twelfth', '12'],
    ['12', '12'],
  ])('%s is %s', (text, grade) => expect(gradeOf(text)).toBe(grade))

  it.each(['', 'PK', 'PS', '13', '-1', 'Ungraded', 'UG', 'Adult', '1.5', '100', 'constructor', '__proto__', 'Grade', 'st'])(
    '%s is no grade of a school day',
    (text) => expect(gradeOf(text)).toBeUndefined(),
  )
})

describe('A date', () => {
  it.each([
    ['2026-08-17', '2026-08-17'],
    ['08/17/2026', '2026-08-17'],
    ['8/7/2026', '2026-08-07'],
    ['8/1/15', '2015-08-01'],
    ['02/29/2028', '2028-02-29'],
    ['2026-08-17T00:00:00.000Z', '2026-08-17'],
    ['08/17/2026 0:00', '2026-08-17'],
    ['8-17-2026', '2026-08-17'],
  ])('%s is %s', (text, on) => expect(dateOf(text)).toBe(on))

  it.each(['', '02/29/2026', '2026-02-30', '13/01/2026', '17/08/2026', '20260817', '46251', 'August 17', '8/17', '2026-8-1', '08/17/026'])(
    '%s is no date',
    (text) => expect(dateOf(text)).toBeUndefined(),
  )
})

describe('A time of day', () => {
  it.each([
    ['08:15', '08:15'],
    ['8:15', '08:15'],
    ['8:15 AM', '08:15'],
    ['2:30 PM', '14:30'],
    ['12:00 pm', '12:00'],
    ['12:05 am', '00:05'],
    ['14:30:00', '14:30'],
  ])('%s is %s', (text, time) => expect(timeOf(text)).toBe(time))
  it.each(['', '24:00', '8', '8:60', '13:00 PM', '0:30 AM', '0815', 'noon'])('%s is no time', (text) =>
    expect(timeOf(text)).toBeUndefined(),
  )
})

describe('A statewide identifier has ten digits, or is not there yet', () => {
  it.each([
    ['7294919105', '7294919105'],
    ['0123456789', '0123456789'],
    ['', null],
  ])('%s', (text, ssid) => expect(ssidOf(text)).toEqual({ ssid }))
  it.each(['729491910', '72949191055', '7.29492E+09', '729-491-910', 'N/A', ' 1234567890'])('%s is neither', (text) =>
    expect(ssidOf(text)).toBeUndefined(),
  )
})

describe('State codes keep their leading zeros', () => {
  it('seven digits or none', () => {
    expect(cdsOf('0161119')).toEqual({ code: '0161119' })
    expect(cdsOf('')).toEqual({ code: null })
    expect(cdsOf('161119')).toBeUndefined()
  })
})

describe('Words of a closed list are read in any case and spacing', () => {
  it('school types', () => {
    expect(schoolTypeOf('Community Day')).toBe('communityDay')
    expect(schoolTypeOf('JUVENILE COURT')).toBe('juvenileCourt')
    expect(schoolTypeOf('')).toBe('regular')
    expect(schoolTypeOf('magnet')).toBeUndefined()
    expect(schoolTypeOf('constructor')).toBeUndefined()
  })
  it('kinds of absence', () => {
    expect(absenceKindOf('Independent study, no work')).toBe('independentStudyNoWork')
    expect(absenceKindOf('Unexcused')).toBe('unexcused')
    expect(absenceKindOf('present')).toBeUndefined()
    expect(absenceKindOf('')).toBeUndefined()
  })
})
