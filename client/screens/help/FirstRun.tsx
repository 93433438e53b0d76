import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../../log/useAttendance.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { useAskedOnce } from '../../ui/useAskedOnce.ts'
import { useWords } from '../../words/index.ts'

/** Asks somebody who is here for the first time, once, whether to show the first steps. One question at a time: `then` comes after. */
export function FirstRun({ then }: { readonly then?: ReactNode }) {
  const words = useWords()
  const account = useAccount()?.me.account ?? ''
  const [asked, answer] = useAskedOnce(`recoup.toured.${account}`)
  if (asked) return then
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
