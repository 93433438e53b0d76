import '../../words/late.ts'
import { useState } from 'react'
import { Link } from 'wouter'
import { useAccount, useDevice } from '../../log/useAttendance.ts'
import { canSeal } from '../../sync/relay/seal.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'

const keyOf = (account: string): string => `recoup.pin.${account}`

function wasAsked(account: string): boolean {
  try {
    return localStorage.getItem(keyOf(account)) !== null
  } catch {
    return true
  }
}

/** Offers a PIN, once, to who has none: on a telephone of one's own the answer may well be no. */
export function PinOffer() {
  const w = useWords().lock
  const { db } = useDevice()
  const account = useAccount()?.me.account ?? ''
  const [asked, setAsked] = useState(() => wasAsked(account))
  if (asked || db.seal || !canSeal()) return null
  const answer = () => {
    localStorage.setItem(keyOf(account), '1')
    setAsked(true)
  }
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
