import { useSyncExternalStore } from 'react'
import { Banner } from '../../ui/Banner.tsx'
import { isLacking, onLacking } from '../../ui/lacking.ts'
import { useWords } from '../../words/index.ts'
import { AnewButton } from '../Broken.tsx'
import styles from './Notice.module.css'

/** A part of the app did not come, and no page says so: what is behind the screen is not whole. */
export function LackingNotice() {
  const { common } = useWords()
  if (!useSyncExternalStore(onLacking, isLacking)) return null
  return (
    <div className={styles.notice}>
      <Banner tone="warn" live="polite" actions={<AnewButton />}>
        {common.lacking}
      </Banner>
    </div>
  )
}
