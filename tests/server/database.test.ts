import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { smallDistrict, ELM } from './smallDistrict.ts'
import { newFolder } from './testServer.ts'
import { openTestTablet } from './testTablet.ts'

test('[S4] every commit is on the disk before it is acknowledged: write-ahead log, synchronous in full', () => {
  const db = openDatabase(newFolder())
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  db.close()
})

test('an event can be neither changed nor deleted, not even by the server', async () => {
  const { context, ...server } = await smallDistrict()
  const tablet = await openTestTablet({ context, ...server }, 'rivera', ELM)
  tablet.recordSaturday(['ana'])
  await tablet.push()
  expect(() => context.log.db.exec("UPDATE event SET body = '{}'")).toThrow('an event is never changed')
  expect(() => context.log.db.exec('DELETE FROM event')).toThrow('an event is never deleted')
})

test('a transaction that fails leaves neither rows nor a gap in the sequence', async () => {
  const { context } = await smallDistrict()
  const head = context.log.head()
  expect(() =>
    context.log.write((next) => {
      next()
      context.log.db.exec("INSERT INTO record_version (seq, kind, id, ended, at, body) VALUES (999999, 'staff', 'ghost', 0, 0, '{}')")
      throw new Error('the power went')
    }),
  ).toThrow('the power went')
  expect(context.log.head()).toBe(head)
  expect(context.log.db.prepare('SELECT count(*) FROM record_version WHERE seq > ?').pluck().get(head)).toBe(0)
})

test('data written by a newer Recoup, and a migration changed after it ran, are refused in one sentence', () => {
  const folder = newFolder()
  openDatabase(folder).close()
  const db = new Database(join(folder, 'recoup.db'))
  db.exec("INSERT INTO migration (name, checksum) VALUES ('9999-later.sql', 'x')")
  expect(() => openDatabase(folder)).toThrow('written by a newer Recoup (9999-later.sql)')
  db.exec("DELETE FROM migration WHERE name = '9999-later.sql'; UPDATE migration SET checksum = 'x' WHERE name = '0001-log.sql'")
  db.close()
  expect(() => openDatabase(folder)).toThrow('Migration 0001-log.sql was changed after it ran')
})

test('a file that is no database is refused', () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'recoup.db'), 'this is not a database, it is a text that somebody saved here'.repeat(100))
  expect(() => openDatabase(folder)).toThrow('file is not a database')
})

test('the receipt key can be read by its owner only', async () => {
  const { folder } = await smallDistrict()
  expect(statSync(join(folder, 'keys', 'receipts.pem')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700)
})
