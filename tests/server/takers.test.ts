// Who takes part in which sessions: what is new waits beside what is in the order of students, and nobody who asks can tell.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type Db, openDatabase } from '../../server/log/openDatabase.ts'
import { openPutInOrder, openSessionsOf, openTakers } from '../../server/log/takers.ts'
import { newFolder } from './testServer.ts'

const MIGRATIONS = resolve(import.meta.dirname, '../../server/log/migrations')
const count = (db: Db, table: string): number => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

test('a log from before students had an order of their own is told of every session of every student', () => {
  const folder = newFolder()
  const old = new Database(join(folder, 'recoup.db'))
  old.exec('CREATE TABLE migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)')
  for (const name of readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql') && !file.startsWith('0350'))) {
    const sql = readFileSync(join(MIGRATIONS, name), 'utf8')
    old.exec(sql)
    old.prepare('INSERT INTO migration (name, checksum) VALUES (?, ?)').run(name, createHash('sha256').update(sql).digest('hex'))
  }
  const add = old.prepare('INSERT INTO session_student (session, student) VALUES (?, ?)')
  for (const session of ['s2', 's1']) for (const student of ['ben', 'ana']) add.run(session, student)
  add.run('s3', 'ana')
  old.close()
  const db = openDatabase(folder)
  const sessionsOf = openSessionsOf(db)
  expect(sessionsOf(['ana'])).toEqual(['s1', 's2', 's3'])
  expect(sessionsOf(['ben'])).toEqual(['s1', 's2'])
  const takers = openTakers(db)()
  expect([takers.joins('s3', 'ana'), takers.joins('s3', 'ben'), takers.joins('s3', 'ben')]).toEqual([false, true, false])
  takers.flush()
  expect(sessionsOf(['ben'])).toEqual(['s1', 's2', 's3'])
  expect(count(db, 'session_student')).toBe(6)
  db.close()
})

test('what waits is put in order when it is much, or when it is asked for, and the answers stay the same', () => {
  const db = openDatabase(newFolder())
  const [begin, sessionsOf] = [openTakers(db), openSessionsOf(db)]
  const push = (session: string, students: readonly string[]): void => {
    const takers = begin()
    for (const student of students) takers.joins(session, student)
    takers.flush()
  }
  const everybody = Array.from({ length: 700 }, (_, i) => `student-${i}`)
  push('first', everybody)
  // Names that JSON could spell in two ways, and nobody new.
  push('with "quotes" and a \u0000', ['student-1', 'José'])
  push('first', everybody)
  expect([count(db, 'student_session'), count(db, 'student_session_new')]).toEqual([0, 702])
  expect(sessionsOf(['student-1'])).toEqual(['first', 'with "quotes" and a \u0000'])
  push('second', everybody)
  push('third', everybody)
  expect([count(db, 'student_session'), count(db, 'student_session_new')]).toEqual([2102, 0])
  push('fourth', ['student-1'])
  expect(sessionsOf(['student-1', 'José'])).toEqual(['first', 'fourth', 'second', 'third', 'with "quotes" and a \u0000'])
  openPutInOrder(db)()
  expect(count(db, 'student_session_new')).toBe(0)
  expect(sessionsOf(['student-1', 'José'])).toEqual(['first', 'fourth', 'second', 'third', 'with "quotes" and a \u0000'])
  expect(count(db, 'session_student')).toBe(2103)
  db.close()
})
