import { useDevice, useTopic } from '../../log/useAttendance.ts'
import { topic } from '../../log/topics.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { AgainButton } from '../setup/SignInAgain.tsx'
import styles from './Notice.module.css'

/** Loud, and until it is read: something was tapped and is not on the disk. */
export function FaultNotice() {
  const words = useWords()
  const { store } = useDevice()
  useTopic(topic.fault)
  if (!store.fault) return null
  return (
    <div className={styles.notice}>
      <Banner
        tone="stop"
        live="assertive"
        actions={
          <>
            {store.fault === 'ended' && <AgainButton />}
            <Button onClick={store.clearFault}>{words.teacher.understood}</Button>
          </>
        }
      >
        {words.teacher.faults[store.fault]}
      </Banner>
    </div>
  )
}
