/**
 * One piece of the server's work in a process of its own, to be killed at any of its writes. `node tests/proofs/work.ts KIND FOLDER` prints the
 * id of each event it acknowledges. The tablet is in FOLDER/tablet.json. What fails is asked for once more by the same process, as a tablet does.
 */
import { readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../../server/config.ts'
import { backup } from '../../server/log/backup.ts'
import { openForCommand } from '../../server/main.ts'
import { as, type StudentId } from '../../shared/ids.ts'
import { recorder, type Tablet } from '../support/rush.ts'
import { REPORT } from '../support/report.ts'

const [kind = '', folder = ''] = process.argv.slice(2)
const config = readConfig({ RECOUP_DATA: folder })
if ('fault' in config) throw new Error(config.fault)
// Opening runs the migrations that have not run.
const context = openForCommand(config)
const { db } = context.log
writeSync(1, 'opened\n')

/** Does it, and when the disk refused it, once more. */
function twice<T>(work: () => T): T {
  try {
    return work()
  } catch {
    return work()
  }
}

function push(): void {
  const tablet = JSON.parse(readFileSync(path.join(folder, 'tablet.json'), 'utf8')) as Tablet
  const record = recorder(tablet)
  for (let i = 0; i < 3; i++) {
    const events = record(40)
    twice(() => context.receive({ device: tablet.device, events, report: REPORT }))
    writeSync(1, events.map(({ id }) => `${id}\n`).join(''))
  }
}

const kinds: Readonly<Record<string, () => unknown>> = {
  migration: () => undefined,
  push,
  import: () =>
    twice(() =>
      context.store.apply(
        Array.from({ length: 200 }, (_, i) => {
          const id = as<StudentId>(`imported-${i}`)
          const names = { localId: id, ssid: null, first: 'First', last: 'Last', iepMinutes: null }
          return { kind: 'student', id, ended: false, body: { id, ...names, setting: 'classroom', independentStudy: [] } }
        }),
      ),
    ),
  checkpoint: () => {
    push()
    twice(() => db.pragma('wal_checkpoint(TRUNCATE)'))
  },
  backup: async () => {
    push()
    const copy = () => backup(db, folder, path.join(folder, 'copy'), context.log.sources.now())
    await copy().catch(copy)
  },
}
await kinds[kind]?.()
context.close()
