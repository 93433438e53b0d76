import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { isSaidByPage, lacking } from '../../ui/lacking.ts'
import { mistake } from '../../ui/mistakes.ts'
import { useSignal } from '../../ui/useSignal.ts'
import { useWords } from '../../words/index.ts'
import { AnewButton } from '../Broken.tsx'
import styles from './Notice.module.css'

/** What is wrong with the app itself where no page says so: a part of it did not come, or an order broke in the middle. */
export function AppNotices() {
  const { common, teacher } = useWords()
  const isSaid = useSignal(isSaidByPage)
  const isLacking = useSignal(lacking) && !isSaid
  const broke = useSignal(mistake)
  if (!isLacking && broke === null) return null
  return (
    <div className={styles.notice}>
      {isLacking && (
        <Banner tone="warn" live="polite" actions={<AnewButton />}>
          {common.lacking}
        </Banner>
      )}
      {broke !== null && (
        <Banner tone="stop" live="assertive" actions={<Button onClick={() => mistake.set(null)}>{teacher.understood}</Button>}>
          {common.mistake(broke, __APP_VERSION__)}
        </Banner>
      )}
    </div>
  )
}
