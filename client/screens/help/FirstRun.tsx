import { useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'

const keyOf = (account: string): string => `recoup.toured.${account}`

function wasAsked(account: string): boolean {
  try {
    return localStorage.getItem(keyOf(account)) !== null
  } catch {
    // Where nothing can be remembered nobody is asked each time.
    return true
  }
}

/** Asks somebody who is here for the first time, once, whether to show the first steps. */
export function FirstRun() {
  const words = useWords()
  const account = useAccount()?.me.account ?? ''
  const [asked, setAsked] = useState(() => wasAsked(account))
  if (asked) return null
  const answer = () => {
    localStorage.setItem(keyOf(account), '1')
    setAsked(true)
  }
  return (
    <Banner
      actions={
        <>
          <Link className={buttonClass()} href="/help?tour=1" onClick={answer}>
            {words.common.showMe}
          </Link>
          <Button look="quiet" onClick={answer}>
            {words.common.skip}
          </Button>
        </>
      }
    >
      {words.common.newHere}
    </Banner>
  )
}
