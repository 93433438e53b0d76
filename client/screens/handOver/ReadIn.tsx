import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Collected } from '../../../shared/relay/pieces.ts'
import { addPiece } from '../../../shared/relay/pieces.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { watchCodes } from './camera.ts'
import styles from './HandOver.module.css'

/** A parcel or receipts from another device: a file, or codes before the camera. Gives the bytes when they are whole. */
export function ReadIn({ onBytes }: { readonly onBytes: (bytes: Uint8Array) => void }) {
  const words = useWords()
  const w = words.device.read
  const picker = useRef<HTMLInputElement>(null)
  const [isLooking, setLooking] = useState(false)
  return (
    <>
      <div className={styles.buttons}>
        <Button onClick={() => picker.current?.click()}>{w.file}</Button>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={w.file}
          accept=".recoup,application/octet-stream"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) void file.arrayBuffer().then((buffer) => onBytes(new Uint8Array(buffer)))
          }}
        />
        <Button onClick={() => setLooking(!isLooking)}>{isLooking ? w.stop : w.camera}</Button>
      </div>
      {isLooking && (
        <Camera
          onBytes={(bytes) => {
            setLooking(false)
            onBytes(bytes)
          }}
        />
      )}
    </>
  )
}

function Camera({ onBytes }: { readonly onBytes: (bytes: Uint8Array) => void }) {
  const words = useWords()
  const w = words.device.read
  const video = useRef<HTMLVideoElement>(null)
  const collected = useRef<Collected | undefined>(undefined)
  const [says, setSays] = useState(w.looking)
  /** The same code stands before the camera until the picture is gone: what was read is given once. */
  const isGiven = useRef(false)
  const onCode = useEffectEvent((text: string): void => {
    if (isGiven.current) return
    const read = addPiece(collected.current, text)
    if (read.kind === 'whole') {
      isGiven.current = true
      return onBytes(read.bytes)
    }
    if (read.kind === 'foreign') return setSays(w.foreign)
    collected.current = read.kind === 'piece' ? read.collected : undefined
    setSays(read.kind === 'piece' ? w.progress(read.collected.pieces.size, read.collected.of) : w.damaged)
  })
  const onNone = useEffectEvent(() => setSays(w.noCamera))
  useEffect(() => {
    let isGone = false
    let stop: (() => void) | undefined
    if (video.current)
      watchCodes(video.current, (text) => onCode(text)).then(
        (end) => {
          stop = end
          if (isGone) end()
        },
        () => onNone(),
      )
    return () => {
      isGone = true
      stop?.()
    }
  }, [])
  return (
    <div className={styles.code}>
      <video ref={video} className={styles.video} muted playsInline />
      <p role="status">{says}</p>
    </div>
  )
}
