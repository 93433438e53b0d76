import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bring, files } from '../support/importing.ts'
import { memoryRegistry } from '../support/memoryRegistry.ts'
import { random } from '../support/random.ts'
import { zipOf } from '../support/zip.ts'
import type { ZipPart } from '../support/zip.ts'

const MB = 1024 * 1024
/** Bytes that do not pack. */
const noise = Buffer.from(random(1).hex(MB), 'hex')
const orgs = { name: 'orgs.csv', content: 'sourcedId,name,type,identifier\ns1,Alder,school,100\n' }
const users = {
  name: 'users.csv',
  content: 'sourcedId,orgSourcedIds,role,givenName,familyName,grades,identifier\nu1,s1,student,Ana,Cruz,05,1\n',
}

async function refusal(zip: Buffer): Promise<string> {
  const store = memoryRegistry()
  const { outcome, report } = await bring(store, 'oneroster', join(await files({ 'roster.zip': zip }), 'roster.zip'))
  expect([outcome, store.writes()]).toEqual(['refused', 0])
  expect(report.faults).toHaveLength(1)
  return report.faults[0]?.expected ?? ''
}

it('A zip made by hand is read like any other', async () => {
  const done = await bring(
    memoryRegistry(),
    'oneroster',
    join(await files({ 'roster.zip': zipOf([orgs, { ...users, method: 0 }]) }), 'roster.zip'),
  )
  expect(done.report).toMatchObject({ faults: [], added: { sites: 1, students: 1 } })
})

describe('A zip is refused in one sentence', () => {
  const cases: readonly (readonly [string, readonly ZipPart[], RegExp])[] = [
    [
      'that packs 40 MB into a few KB',
      [orgs, { name: 'users.csv', content: Buffer.alloc(40 * MB, 'a,') }],
      /^files packed at most 100 to 1: users.csv would unpack from \d+ to 41943040 bytes$/,
    ],
    [
      'that unpacks to more than 200 MB in all',
      ['orgs', 'users', 'classes', 'courses', 'enrollments'].map((name) => ({ name: `${name}.csv`, content: noise, saysSize: 45 * MB })),
      /^a zip that unpacks to at most 200 MB$/,
    ],
    [
      'whose file unpacks to more than it says',
      [orgs, { ...users, content: users.content.repeat(100), saysSize: 10 }],
      /^a zip file that unpacks: users.csv is damaged/,
    ],
    [
      'with a name that leads out of it',
      [orgs, users, { name: '../../etc/passwd', content: 'x' }],
      /^names inside the zip that stay inside it/,
    ],
    ['with an absolute name', [orgs, users, { name: '/etc/passwd', content: 'x' }], /^names inside the zip that stay inside it/],
    [
      'with a name that leads out by backslashes',
      [orgs, users, { name: '..\\..\\users.csv', content: 'x' }],
      /^names inside the zip that stay inside it/,
    ],
    ['with a password', [{ ...orgs, encrypted: true }, users], /^a zip without a password: orgs.csv is encrypted$/],
    ['packed in a way nobody reads', [{ ...orgs, method: 99 }, users], /^a zip packed in the usual way \(deflate\): orgs.csv is not$/],
    [
      'of more than 50 files',
      Array.from({ length: 51 }, (_, i) => ({ name: `${i}.csv`, content: 'a' })),
      /^a zip of at most 50 files: this one says it has 51$/,
    ],
    [
      'that is a spreadsheet',
      [
        { name: '[Content_Types].xml', content: '<x/>' },
        { name: 'xl/workbook.xml', content: '<x/>' },
      ],
      /^comma-separated text: this is a spreadsheet/,
    ],
    [
      'without the files of the format',
      [{ name: 'readme.csv', content: 'a' }],
      /^a folder or zip with one of these: manifest.csv, orgs.csv, users.csv$/,
    ],
    [
      'with two folders of them',
      [orgs, users, { ...orgs, name: 'old/orgs.csv' }],
      /^the files in one folder: there are two folders of them$/,
    ],
    ['with a file twice', [orgs, users, orgs], /^one file orgs.csv: there are two$/],
    ['without the users', [orgs], /^the file users.csv$/],
    [
      'of a version that is not read',
      [orgs, users, { name: 'manifest.csv', content: 'propertyName,value\noneroster.version,1.2\n' }],
      /^OneRoster 1.1: this export is of version 1.2/,
    ],
  ]
  it.each(cases)('%s', async (_name, parts, sentence) => {
    expect(await refusal(zipOf(parts))).toMatch(sentence)
  })

  it('that was cut off', async () => {
    expect(await refusal(zipOf([orgs, users]).subarray(0, -30))).toMatch(/^a zip file that opens: this one is damaged or incomplete/)
  })
})
