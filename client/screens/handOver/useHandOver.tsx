import { useState } from 'react'
import { piecesOf } from '../../../shared/relay/pieces.ts'
import type { SchoolDate } from '../../../shared/time.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { save } from '../desk/save.ts'
import { CodeShow } from './CodeShow.tsx'
import styles from './HandOver.module.css'
import { ReadIn } from './ReadIn.tsx'

/** What was made to be carried, or the sentence for why there is nothing. */
export type Carried =
  | { readonly kind: 'made'; readonly bytes: Uint8Array<ArrayBuffer>; readonly events: number }
  | { readonly kind: 'none'; readonly why: string }

/** The two ways to hand over, as a file and as codes; and the way back for the receipts. */
export function useHandOver(
  make: (as: 'file' | 'codes') => Promise<Carried>,
  settle: (bytes: Uint8Array) => Promise<string>,
  today: () => SchoolDate,
) {
  const w = useWords().device.handOver
  const [says, setSays] = useState('')
  const [pieces, setPieces] = useState<readonly string[] | null>(null)
  const asFile = async (): Promise<void> => {
    setPieces(null)
    const made = await make('file')
    if (made.kind === 'none') return setSays(made.why)
    save(w.fileName(today()), made.bytes, 'application/octet-stream')
    setSays(w.saved(made.events))
  }
  const asCodes = async (): Promise<void> => {
    const made = await make('codes')
    if (made.kind === 'none') return setSays(made.why)
    const codes = piecesOf(made.bytes)
    setPieces(codes ?? null)
    setSays(codes ? '' : w.tooMany)
  }
  const onReceipts = async (bytes: Uint8Array): Promise<void> => {
    setPieces(null)
    setSays(await settle(bytes))
  }
  const parts = (
    <>
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
    </>
  )
  return { says, parts }
}
