import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../server/log/openDatabase.ts'
import { newFolder } from '../server/testServer.ts'

test('[S5] many processes that write at once share one sequence without a gap, in the order of their commits', {
  timeout: 60_000,
}, async () => {
  const folder = newFolder()
  openDatabase(folder).close()
  const writers = ['a', 'b', 'c', 'd']
  const each = 60
  const ends = writers.map((name) =>
    once(spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder, name, String(each)], { stdio: 'inherit' }), 'close'),
  )
  expect((await Promise.all(ends)).map(([code]) => code)).toEqual(writers.map(() => 0))
  const db = openDatabase(folder)
  const rows = db.prepare('SELECT seq, id FROM record_version ORDER BY rowid').all() as { seq: number; id: string }[]
  expect(db.prepare('SELECT seq FROM head').pluck().get()).toBe(writers.length * each)
  db.close()
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, i) => i + 1))
  for (const name of writers) {
    const own = rows.filter((row) => row.id.startsWith(`${name}-`)).map((row) => row.id)
    expect(own).toEqual(Array.from({ length: each }, (_, i) => `${name}-${i}`))
  }
})
