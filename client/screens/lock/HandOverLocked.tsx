import { schoolDateOf } from '../../../shared/time.ts'
import { bundleOfWaiting, keepBroughtBack } from '../../trust/carrySealed.ts'
import type { Stores } from '../../trust/stores.ts'
import { useWords } from '../../words/index.ts'
import styles from '../handOver/HandOver.module.css'
import { type Carried, useHandOver } from '../handOver/useHandOver.tsx'

/** What waits here, given to another device to carry, though nobody has opened this one. Counts, and no name. */
export function HandOverLocked({ stores, onSettled }: { readonly stores: Stores; readonly onSettled: () => void }) {
  const w = useWords().device.handOver
  const make = async (): Promise<Carried> => {
    const made = await bundleOfWaiting(stores)
    return made.kind === 'nothing' ? { kind: 'none', why: w.nothing } : { kind: 'made', bytes: made.bytes, events: made.events }
  }
  const settle = async (bytes: Uint8Array): Promise<string> => {
    const read = await keepBroughtBack(stores, bytes)
    if (read.kind !== 'settled') return w[read.kind]
    onSettled()
    return w.settled(read.count)
  }
  // The school's own time zone lies in the locker; a file's name may say the day of the world.
  const { parts } = useHandOver(make, settle, () => schoolDateOf(stores.now(), 'UTC'))
  return (
    <details className={styles.within}>
      <summary>{w.title}</summary>
      {parts}
    </details>
  )
}
