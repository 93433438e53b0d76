import { useState } from 'react'
import { piecesOf } from '../../../shared/relay/pieces.ts'
import { schoolDateOf } from '../../../shared/time.ts'
import { bundleOfWaiting, keepBroughtBack } from '../../trust/carrySealed.ts'
import type { Stores } from '../../trust/stores.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { save } from '../desk/save.ts'
import { CodeShow } from '../handOver/CodeShow.tsx'
import styles from '../handOver/HandOver.module.css'
import { ReadIn } from '../handOver/ReadIn.tsx'

/** What waits here, given to another device to carry, though nobody has opened this one. Counts, and no name. */
export function HandOverLocked({ stores, onSettled }: { readonly stores: Stores; readonly onSettled: () => void }) {
  const words = useWords()
  const w = words.device.handOver
  const [says, setSays] = useState('')
  const [pieces, setPieces] = useState<readonly string[] | null>(null)
  const asFile = async (): Promise<void> => {
    setPieces(null)
    const made = await bundleOfWaiting(stores)
    if (made.kind === 'nothing') return setSays(w.nothing)
    // The school's own time zone lies in the locker; a file's name may say the day of the world.
    save(w.fileName(schoolDateOf(stores.now(), 'UTC')), made.bytes, 'application/octet-stream')
    setSays(w.saved(made.events))
  }
  const asCodes = async (): Promise<void> => {
    const made = await bundleOfWaiting(stores)
    if (made.kind === 'nothing') return setSays(w.nothing)
    const codes = piecesOf(made.bytes)
    setPieces(codes ?? null)
    setSays(codes ? '' : w.tooMany)
  }
  const onReceipts = async (bytes: Uint8Array): Promise<void> => {
    setPieces(null)
    const read = await keepBroughtBack(stores, bytes)
    setSays(read.kind === 'settled' ? w.settled(read.count) : w[read.kind])
    if (read.kind === 'settled') onSettled()
  }
  return (
    <details className={styles.part}>
      <summary>{w.title}</summary>
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
    </details>
  )
}
