import '../../words/late.ts'
import { Link } from 'wouter'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { canSeal } from '../../sync/relay/seal.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { useAskedOnce } from '../../ui/useAskedOnce.ts'
import { useWords } from '../../words/index.ts'

/** Offers a PIN, once, to who has none: on a telephone of one's own the answer may well be no. */
export function PinOffer() {
  const w = useWords().lock
  const { db } = useDevice()
  const account = useAccount()?.me.account ?? ''
  const [asked, answer] = useAskedOnce(`recoup.pin.${account}`)
  if (asked || db.seal || !canSeal()) return null
  return (
    <Banner
      actions={
        <>
          <Link className={buttonClass()} href="/pin" onClick={answer}>
            {w.set}
          </Link>
          <Button look="quiet" onClick={answer}>
            {w.later}
          </Button>
        </>
      }
    >
      {w.offer}
    </Banner>
  )
}
