import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { goToProvider } from './signIn.ts'

/** Leads to the district's own sign-in. */
export function SsoButton({
  name,
  fresh = false,
  back = fresh,
}: {
  readonly name: string
  /** Has it ask again who one is. */
  readonly fresh?: boolean
  /** Leads back to this page afterwards. */
  readonly back?: boolean
}) {
  const words = useWords()
  const { busy, problem, send } = useOrder()
  return (
    <Stack>
      <Button look="primary" large wide busy={busy} onClick={() => void send(() => goToProvider(fresh, back))}>
        {words.setup.ssoButton(name)}
      </Button>
      {problem && (
        <Banner tone="stop" live="assertive">
          {problem}
        </Banner>
      )}
    </Stack>
  )
}
