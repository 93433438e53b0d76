import '../../words/late.ts'
import { schoolDateOf } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { deviceReport } from '../../sync/deviceReport.ts'
import { makeParcel } from '../../sync/relay/handOver.ts'
import { keepReturned } from '../../sync/relay/returned.ts'
import { readStorage } from '../../trust/storage.ts'
import { useWords } from '../../words/index.ts'
import styles from './HandOver.module.css'
import { type Carried, useHandOver } from './useHandOver.tsx'

/** What waits here, given to another device to carry; and the receipts that it brings back. Where nothing waits only what came of it is said. */
export function HandOver({ waits }: { readonly waits: boolean }) {
  const w = useWords().device.handOver
  const { db, store, sync, version } = useDevice()
  const report = () => deviceReport({ store, parity: sync.parity(), storage: readStorage, version })
  const make = async (as: 'file' | 'codes'): Promise<Carried> => {
    const made = await makeParcel({ db, now: store.now, report }, as === 'file' ? 'all' : 'unsent')
    return made.kind === 'parcel' ? { kind: 'made', bytes: made.bytes, events: made.events } : { kind: 'none', why: w[made.kind] }
  }
  const settle = async (bytes: Uint8Array): Promise<string> => {
    const read = await keepReturned(db, bytes, store.now())
    if (read.kind !== 'settled') return w[read.kind]
    await store.settled(read.ids)
    return w.settled(read.ids.length)
  }
  const { says, parts } = useHandOver(make, settle, () => schoolDateOf(store.now(), store.zone()))
  if (!waits) return <p role="status">{says}</p>
  return (
    <section className={styles.part} aria-labelledby="hand-over">
      <h2 id="hand-over">{w.title}</h2>
      {parts}
    </section>
  )
}
