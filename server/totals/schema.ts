/**
 * Where totals are kept between questions: a database of its own beside the log, worked out from it and from nothing else. It may be thrown
 * away at any time; a newer shape makes it anew.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Db } from '../log/openDatabase.ts'

const SHAPE = 7

const TABLES = `
CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, as_of TEXT NOT NULL, rules TEXT NOT NULL, epoch TEXT NOT NULL);
CREATE TABLE part (site TEXT PRIMARY KEY, seq INTEGER NOT NULL, as_of TEXT NOT NULL, until TEXT NOT NULL, made_by TEXT NOT NULL, cube TEXT NOT NULL);
CREATE TABLE answer (
  site TEXT NOT NULL, kind TEXT NOT NULL, as_of TEXT NOT NULL, until TEXT NOT NULL, seq INTEGER NOT NULL, made_by TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (site, kind, as_of)
);
CREATE TABLE student (
  id TEXT PRIMARY KEY, last TEXT NOT NULL, first TEXT NOT NULL, local_id TEXT NOT NULL, ssid TEXT, grade TEXT, grade_order INTEGER, span TEXT NOT NULL,
  site TEXT, site_name TEXT NOT NULL, counted INTEGER NOT NULL, absences INTEGER NOT NULL, hours INTEGER NOT NULL, minutes INTEGER NOT NULL,
  minimum INTEGER NOT NULL, earned INTEGER NOT NULL, pending INTEGER NOT NULL, claimable INTEGER NOT NULL, banked INTEGER NOT NULL,
  beyond INTEGER NOT NULL, remaining INTEGER NOT NULL, held_by TEXT NOT NULL, flags TEXT NOT NULL, attention TEXT NOT NULL,
  planned INTEGER NOT NULL, came INTEGER NOT NULL, missed INTEGER NOT NULL, last_came TEXT, sections TEXT NOT NULL,
  took_part INTEGER NOT NULL, needs INTEGER NOT NULL, find TEXT NOT NULL, still_until INTEGER
);
CREATE INDEX student_still_in ON student (still_until) WHERE still_until IS NOT NULL;
CREATE INDEX student_by_name ON student (last, first, local_id, id);
CREATE INDEX student_by_site ON student (site, last, first, local_id, id);
CREATE TABLE day (
  student TEXT NOT NULL, n INTEGER NOT NULL, earned_on TEXT NOT NULL, month TEXT NOT NULL, status TEXT NOT NULL, site TEXT NOT NULL,
  section TEXT NOT NULL, staff TEXT NOT NULL, span TEXT NOT NULL, recovers TEXT, absence_site TEXT, home TEXT NOT NULL, PRIMARY KEY (student, n)
) WITHOUT ROWID;
CREATE TABLE session (
  id TEXT PRIMARY KEY, site TEXT NOT NULL, section TEXT NOT NULL, title TEXT NOT NULL, staff TEXT NOT NULL, school_date TEXT NOT NULL,
  month TEXT NOT NULL, starts INTEGER NOT NULL, ended INTEGER NOT NULL, certified INTEGER NOT NULL, missing INTEGER NOT NULL,
  students INTEGER NOT NULL, minutes INTEGER NOT NULL, mark TEXT NOT NULL
);
CREATE INDEX session_by_site ON session (site, school_date);
CREATE INDEX session_by_section ON session (section, school_date);
CREATE INDEX session_by_staff ON session (staff, school_date);
CREATE INDEX session_by_date ON session (school_date);
CREATE INDEX day_by_site ON day (site, month);
CREATE INDEX day_by_section ON day (section);
CREATE INDEX day_by_staff ON day (staff);
CREATE INDEX day_by_home ON day (home);
CREATE TABLE visit (session TEXT NOT NULL, student TEXT NOT NULL, minutes INTEGER NOT NULL, PRIMARY KEY (session, student)) WITHOUT ROWID;
CREATE INDEX visit_by_student ON visit (student);
CREATE TABLE cube (site TEXT NOT NULL, dimension TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (site, dimension, key)) WITHOUT ROWID;
`

/** Opens the totals of a data folder. It is no record: nothing waits for the disk. */
export function openTotalsDb(folder: string): Db {
  const path = join(folder, 'totals')
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const file = join(path, 'totals.db')
  let db = new Database(file, { timeout: 10_000 })
  if (db.pragma('user_version', { simple: true }) !== SHAPE) {
    db.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    db = new Database(file, { timeout: 10_000 })
    db.pragma('journal_mode = WAL')
    db.exec(TABLES)
    db.pragma(`user_version = ${SHAPE}`)
  }
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  db.pragma('trusted_schema = OFF')
  return db
}
