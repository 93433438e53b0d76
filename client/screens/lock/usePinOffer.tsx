import { type ComponentType, type ReactElement, useEffect, useState } from 'react'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { useAskedOnce } from '../../ui/useAskedOnce.ts'

/** What offers a PIN to somebody who has none and was not asked: null for everybody else, undefined while its file is on its way. */
export function usePinOffer(): ReactElement | null | undefined {
  const { db } = useDevice()
  const account = useAccount()?.me.account ?? ''
  const [asked] = useAskedOnce(`recoup.pin.${account}`)
  const isDue = !asked && !db.seal
  const [file, setFile] = useState<{ readonly PinOffer?: ComponentType }>()
  useEffect(() => {
    if (!isDue) return
    // A file that does not come is an offer for another day.
    import('./PinOffer.tsx').then(setFile, () => setFile({}))
  }, [isDue])
  if (!isDue) return null
  return file && (file.PinOffer ? <file.PinOffer /> : null)
}
