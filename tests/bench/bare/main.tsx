/**
 * The least that React and Dexie can do: thirty rows, a tap writes one event durably and the row says so. No log, no rules, no
 * sync, no styles. What the app costs is told as a ratio to this page, measured in the same run on the same machine.
 */
import Dexie from 'dexie'
import type { Table } from 'dexie'
import { memo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { v7 } from 'uuid'

interface Mark {
  readonly id: string
  readonly session: string
  readonly student: number
  readonly type: string
  readonly at: number
}

const db = new Dexie('bare', { chromeTransactionDurability: 'strict' }) as Dexie & { marks: Table<Mark, string> }
db.version(1).stores({ marks: 'id, session' })

const write = (student: number, type: string): Mark => ({ id: v7(), session: 'today', student, type, at: Date.now() })

const Row = memo(function Row({ student, first }: { readonly student: number; readonly first: string | undefined }) {
  const [type, setType] = useState(first)
  const [state, setState] = useState('')
  const tap = async () => {
    const next = type === 'in' ? 'out' : 'in'
    setType(next)
    setState('')
    await db.marks.add(write(student, next))
    setState('Saved here')
  }
  return (
    <li>
      <button type="button" onClick={() => void tap()}>
        {type === 'in' ? 'Check out' : 'Check in'} Student {student}
      </button>
      <span>{type ?? 'not here'}</span> <span>{state}</span>
    </li>
  )
})

function Roster({ marks }: { readonly marks: ReadonlyMap<number, string> }) {
  return (
    <ul>
      {Array.from({ length: 30 }, (_, student) => (
        <Row key={student} student={student} first={marks.get(student)} />
      ))}
    </ul>
  )
}

/** Fills the history: other sessions of other days. */
async function fill(count: number): Promise<void> {
  await db.marks.bulkAdd(
    Array.from({ length: count }, (_, i) => ({ id: v7(), session: `past-${i % 60}`, student: i % 30, type: i % 2 ? 'in' : 'out', at: i })),
  )
}

Object.assign(window, { fill })
void navigator.serviceWorker?.register('/worker.js')
const today = await db.marks.where('session').equals('today').sortBy('at')
const root = document.getElementById('root')
if (root) createRoot(root).render(<Roster marks={new Map(today.map((mark) => [mark.student, mark.type]))} />)
