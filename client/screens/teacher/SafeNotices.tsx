import '../../words/late.ts'
import { useState } from 'react'
import { instant } from '../../../shared/time.ts'
import { reserveSpent } from '../../log/reserve.ts'
import { useDevice, useMinute } from '../../log/useAttendance.ts'
import { forgetMarker, readMarker } from '../../trust/marker.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import styles from './Notice.module.css'

/** What happened to this device's storage: the browser emptied it, or it is so full that the reserve is used. Stays until it is read, or over. */
export function SafeNotices() {
  const words = useWords()
  const w = words.device.safe
  const { store } = useDevice()
  const now = useMinute()
  const [marker, setMarker] = useState(readMarker)
  return (
    <>
      {reserveSpent.get() && (
        <div className={styles.notice}>
          <Banner tone="warn" live="assertive">
            {w.reserve}
          </Banner>
        </div>
      )}
      {marker?.emptied && (
        <div className={styles.notice}>
          <Banner
            tone="stop"
            live="assertive"
            title={w.emptiedTitle}
            actions={
              <Button
                onClick={() => {
                  forgetMarker()
                  setMarker(undefined)
                }}
              >
                {w.seen}
              </Button>
            }
          >
            <p>{w.emptied(marker.confirmed, marker.unsent, words.format.moment(instant(marker.at), store.zone(), now))}</p>
            <p>{w.emptiedWhy}</p>
          </Banner>
        </div>
      )}
    </>
  )
}
