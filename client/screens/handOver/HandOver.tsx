import '../../words/late.ts'
import { useState } from 'react'
import { schoolDateOf } from '../../../shared/time.ts'
import { piecesOf } from '../../../shared/relay/pieces.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { deviceReport } from '../../sync/deviceReport.ts'
import type { HandOver as Made } from '../../sync/relay/handOver.ts'
import { makeParcel } from '../../sync/relay/handOver.ts'
import { keepReturned } from '../../sync/relay/returned.ts'
import { readStorage } from '../../trust/storage.ts'
import { Button } from '../../ui/Button.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { save } from '../desk/save.ts'
import { CodeShow } from './CodeShow.tsx'
import styles from './HandOver.module.css'
import { ReadIn } from './ReadIn.tsx'

const sentenceOf = (words: Words, made: Exclude<Made, { kind: 'parcel' }>): string => words.device.handOver[made.kind]

/** What waits here, given to another device to carry; and the receipts that it brings back. Where nothing waits only what came of it is said. */
export function HandOver({ waits }: { readonly waits: boolean }) {
  const words = useWords()
  const w = words.device.handOver
  const { db, store, sync, version } = useDevice()
  const [says, setSays] = useState('')
  const [pieces, setPieces] = useState<readonly string[] | null>(null)
  const make = (what: 'unsent' | 'all') =>
    makeParcel(
      {
        db,
        now: store.now,
        report: () => deviceReport({ store, parity: sync.parity(), storage: readStorage, version }),
      },
      what,
    )
  const asFile = async (): Promise<void> => {
    setPieces(null)
    const made = await make('all')
    if (made.kind !== 'parcel') return setSays(sentenceOf(words, made))
    save(w.fileName(schoolDateOf(store.now(), store.zone())), made.bytes, 'application/octet-stream')
    setSays(w.saved(made.events))
  }
  const asCodes = async (): Promise<void> => {
    const made = await make('unsent')
    if (made.kind !== 'parcel') return setSays(sentenceOf(words, made))
    const codes = piecesOf(made.bytes)
    setPieces(codes ?? null)
    setSays(codes ? '' : w.tooMany)
  }
  const onReceipts = async (bytes: Uint8Array): Promise<void> => {
    setPieces(null)
    const read = await keepReturned(db, bytes, store.now())
    if (read.kind !== 'settled') return setSays(w[read.kind])
    await store.settled(read.ids)
    setSays(w.settled(read.ids.length))
  }
  if (!waits) return <p role="status">{says}</p>
  return (
    <section className={styles.part} aria-labelledby="hand-over">
      <h2 id="hand-over">{w.title}</h2>
      <p>{w.text}</p>
      <div className={styles.buttons}>
        <Button large onClick={() => void asFile()}>
          {w.asFile}
        </Button>
        <Button large onClick={() => void asCodes()}>
          {w.asCodes}
        </Button>
      </div>
      <p role="status">{says}</p>
      {pieces && <CodeShow pieces={pieces} />}
      <h3>{w.readBack}</h3>
      <ReadIn onBytes={(bytes) => void onReceipts(bytes)} />
    </section>
  )
}
