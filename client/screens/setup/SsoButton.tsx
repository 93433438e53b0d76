import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Stack } from '../../ui/Card.tsx'
import { useWords } from '../../words/index.ts'
import { useOrder } from '../desk/useOrder.ts'
import { goToProvider } from './signIn.ts'

/** Leads to the district's own sign-in. */
export function SsoButton({ name, fresh = false }: { readonly name: string; readonly fresh?: boolean }) {
  const words = useWords()
  const { busy, problem, send } = useOrder()
  return (
    <Stack>
      <Button look="primary" large wide busy={busy} onClick={() => void send(() => goToProvider(fresh))}>
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
