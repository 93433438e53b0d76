import { useEffect, useRef, useState } from 'react'
import { piecesOf } from '../../../shared/relay/pieces.ts'
import type { LogDb } from '../../log/db.ts'
import type { ParcelRow } from '../../log/rows.ts'
import { useDevice, useMinute, useSyncState } from '../../log/useAttendance.ts'
import { receiptsFile } from '../../sync/relay/returned.ts'
import { takeIn } from '../../sync/relay/takeIn.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { useWords } from '../../words/index.ts'
import { save } from '../desk/save.ts'
import { CodeShow } from './CodeShow.tsx'
import styles from './HandOver.module.css'
import { ReadIn } from './ReadIn.tsx'

const newestFirst = async (db: LogDb): Promise<readonly ParcelRow[]> => (await db.parcels.toArray()).sort((a, b) => b.at - a.at)

/** Parcels of tablets without a network: taken in here, brought to the district, and their receipts given back. */
export function TakeIn() {
  const words = useWords()
  const w = words.device.takeIn
  const { db, store, sync } = useDevice()
  const { busy } = useSyncState()
  const [rows, setRows] = useState<readonly ParcelRow[]>([])
  const [says, setSays] = useState('')
  // A round may have brought some of them.
  useEffect(() => {
    if (!busy) void newestFirst(db).then(setRows)
  }, [busy, db])
  const given = useRef(0)
  const onBytes = async (bytes: Uint8Array): Promise<void> => {
    given.current++
    const turn = given.current
    // What is said is of what was given last: one before it may still be on its way.
    const say = (sentence: string): void => {
      if (turn === given.current) setSays(sentence)
    }
    const kept = await takeIn(db, bytes, store.now(), () => sync.now())
    if (kept.kind === 'refused') return say(w.refused[kept.why])
    say(w.kept)
    await sync.now()
    const row = await db.parcels.get(kept.id)
    if (row?.state === 'refused') say(`${w.refused[row.why]} ${w.stillHere}`)
    else if (row?.state === 'taken') say('')
    setRows(await newestFirst(db))
  }
  return (
    <Card title={w.title} sub={w.text}>
      <ReadIn onBytes={(bytes) => void onBytes(bytes)} />
      <p role="status">{says}</p>
      {rows.length > 0 && (
        <ul role="list" className={styles.list}>
          {rows.map((row) => (
            <Parcel key={row.id} row={row} onChanged={() => void newestFirst(db).then(setRows)} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function Parcel({ row, onChanged }: { readonly row: ParcelRow; readonly onChanged: () => void }) {
  const words = useWords()
  const w = words.device.takeIn
  const { store } = useDevice()
  const now = useMinute()
  const [pieces, setPieces] = useState<readonly string[] | null>(null)
  if (row.state === 'waiting') return <li className={styles.item}>{w.waiting(words.format.moment(row.at, store.zone(), now))}</li>
  if (row.state === 'refused') return <RefusedParcel row={row} onChanged={onChanged} />
  const { reply } = row
  const asFile = async (): Promise<void> =>
    save(w.receiptsName(reply.deviceName), await receiptsFile(reply.receipts), 'application/octet-stream')
  return (
    <li className={styles.item}>
      <strong>{w.taken(reply.deviceName, reply.accepted, reply.duplicate, reply.quarantined)}</strong>
      <span className="quiet">{w.giveBack}</span>
      <div className={styles.buttons}>
        <Button onClick={() => void asFile()}>{w.returnFile}</Button>
        <Button onClick={() => void receiptsFile(reply.receipts).then((bytes) => setPieces(piecesOf(bytes) ?? null))}>
          {w.returnCodes}
        </Button>
      </div>
      {pieces && <CodeShow pieces={pieces} />}
    </li>
  )
}

/** The district said no, which nobody signs: the parcel stays until it is taken, or until somebody here removes it. */
function RefusedParcel({ row, onChanged }: { readonly row: ParcelRow & { state: 'refused' }; readonly onChanged: () => void }) {
  const w = useWords().device.takeIn
  const { db, sync } = useDevice()
  const [isSure, setSure] = useState(false)
  const { id, at, bytes } = row
  if (bytes === undefined) return <li className={styles.item}>{w.refused[row.why]}</li>
  const again = async (): Promise<void> => {
    await db.parcels.put({ id, at, state: 'waiting', bytes })
    await sync.now()
    onChanged()
  }
  return (
    <li className={styles.item}>
      {w.refused[row.why]} <span className="quiet">{w.stillHere}</span>
      <div className={styles.buttons}>
        <Button onClick={() => void again()}>{w.again}</Button>
        {isSure ? (
          <Button onClick={() => void db.parcels.delete(id).then(onChanged)}>{w.removeSure}</Button>
        ) : (
          <Button look="quiet" onClick={() => setSure(true)}>
            {w.remove}
          </Button>
        )}
      </div>
    </li>
  )
}
