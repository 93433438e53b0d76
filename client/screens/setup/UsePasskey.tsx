import { useState } from 'react'
import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'

/** In the place of a code. Where a browser knows no passkeys there is nothing to press. */
export function UsePasskey({ onAnswer }: { readonly onAnswer: (answer: PasskeyAnswer) => void }) {
  const { use } = useWords().trust.passkeys
  const { busy, problem, send } = useOrder()
  const [isKnown] = useState(() => 'PublicKeyCredential' in window)
  const answer = async () => {
    const given = await send(async () => (await import('../../trust/passkeys.ts')).answerWithPasskey())
    if (given) onAnswer(given)
  }
  if (!isKnown) return null
  return (
    <>
      <Button wide busy={busy} onClick={answer}>
        {use}
      </Button>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </>
  )
}
