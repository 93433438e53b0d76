import { useEffect, useMemo, useState } from 'react'
import { modulesOf, pathOf } from '../../sync/relay/codes.ts'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import styles from './HandOver.module.css'

/** Long enough for a camera to see a code twice. */
const EACH_MS = 350

/** Codes, one after another and round again, for a camera to read in any order. Still where motion is not wanted. */
export function CodeShow({ pieces }: { readonly pieces: readonly string[] }) {
  const words = useWords()
  const w = words.device.handOver
  const [at, setAt] = useState(0)
  const [moves, setMoves] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches)
  const of = pieces.length
  useEffect(() => {
    if (!moves || of < 2) return undefined
    const timer = setInterval(() => setAt((i) => (i + 1) % of), EACH_MS)
    return () => clearInterval(timer)
  }, [moves, of])
  const modules = useMemo(() => modulesOf(pieces[at] ?? ''), [pieces, at])
  const size = modules.length
  const go = (step: number) => (): void => {
    setMoves(false)
    setAt((i) => (i + step + of) % of)
  }
  return (
    <div className={styles.code}>
      <p>{w.codesHow}</p>
      <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={w.codeOf(at + 1, of)} data-code={pieces[at]}>
        <rect width={size} height={size} fill="#fff" />
        <path d={pathOf(modules)} fill="#000" />
      </svg>
      <div className={styles.buttons}>
        <span>{w.codeOf(at + 1, of)}</span>
        {of > 1 && (
          <>
            <Button onClick={go(-1)}>{w.previous}</Button>
            <Button onClick={() => setMoves(!moves)}>{moves ? w.pause : w.goOn}</Button>
            <Button onClick={go(1)}>{w.next}</Button>
          </>
        )}
      </div>
    </div>
  )
}
