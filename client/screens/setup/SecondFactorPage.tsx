import '../../words/late.ts'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { Done } from '../../../shared/api.ts'
import { RecoveryCodes, SecondFactorBegun, SecondFactorState } from '../../../shared/api/trust.ts'
import { api } from '../../sync/http.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { TextField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { useOrder } from '../desk/useOrder.ts'
import { useReply } from '../desk/useReply.ts'
import { ChangePasswordCard } from './ChangePassword.tsx'
import { PasskeysCard } from './PasskeysCard.tsx'
import { SignedInCard } from './SignedInCard.tsx'
import { UsePasskey } from './UsePasskey.tsx'
import { Frame } from '../teacher/Frame.tsx'

/** Setting up the second factor: begin, read the code with an app, confirm it, print the codes for the day the telephone is lost. */
export function SecondFactorPage() {
  const w = useWords().trust.factor
  const { asked, reload } = useReply(SecondFactorState, '/api/second-factor')
  const [begun, setBegun] = useState<SecondFactorBegun>()
  const [codes, setCodes] = useState<readonly string[]>()
  const [isNew, setNew] = useState(false)
  const { busy, problem, send } = useOrder()
  const begin = async () => setBegun(await send(() => api(SecondFactorBegun, 'POST', '/api/second-factor/begin')))
  const confirm = async (code: string) => {
    const reply = await send(() => api(RecoveryCodes, 'POST', '/api/second-factor/confirm', { code }))
    if (reply) setCodes(reply.codes)
  }
  const done = () => {
    setCodes(undefined)
    setBegun(undefined)
    setNew(true)
    reload()
  }
  return (
    <Frame>
      <PageHeader title={w.title} sub={w.lead} />
      <Stack>
        <Asking asked={asked} onRetry={reload}>
          {({ app, on, needed, passkeys, recoveryLeft }) =>
            codes ? (
              <Paper codes={codes} onDone={done} />
            ) : (
              <Stack>
                {needed && <Banner tone="warn">{w.needed}</Banner>}
                {on && !begun && <p>{w.on(recoveryLeft)}</p>}
                {on && isNew && (
                  <Link href="/" className={buttonClass({ look: 'primary' })}>
                    {w.goOn}
                  </Link>
                )}
                {on && !begun && <Fresh hasPasskeys={passkeys.length > 0} />}
                <Card title={w.appTitle} sub={app ? w.appOn : w.appOff}>
                  <Stack>
                    {problem && (
                      <Banner tone="stop" live="assertive">
                        {problem}
                      </Banner>
                    )}
                    {begun ? (
                      <Confirm begun={begun} busy={busy} onCode={confirm} />
                    ) : (
                      <Button look="primary" busy={busy} onClick={begin}>
                        {app ? w.again : w.begin}
                      </Button>
                    )}
                  </Stack>
                </Card>
                <PasskeysCard passkeys={passkeys} onPaper={setCodes} onChanged={reload} />
              </Stack>
            )
          }
        </Asking>
        <SignedInCard />
        <ChangePasswordCard />
      </Stack>
    </Frame>
  )
}

function Confirm({
  begun,
  busy,
  onCode,
}: {
  readonly begun: SecondFactorBegun
  readonly busy: boolean
  readonly onCode: (code: string) => void
}) {
  const { trust } = useWords()
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onCode(code)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <p>{trust.factor.scan}</p>
        <QrCode text={begun.uri} label={trust.factor.scan} />
        <p>
          {trust.factor.byHand} <code>{begun.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
        <TextField label={trust.code} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" required />
        <Button type="submit" look="primary" busy={busy}>
          {trust.factor.confirm}
        </Button>
      </Stack>
    </form>
  )
}

/** Shows again who one is, for five minutes. */
function Fresh({ hasPasskeys }: { readonly hasPasskeys: boolean }) {
  const { trust } = useWords()
  const w = trust.factor
  const [code, setCode] = useState('')
  const [done, setDone] = useState(false)
  const { busy, problem, send } = useOrder()
  const show = async (by: object) => {
    setDone((await send(() => api(Done, 'POST', '/api/step-up', by))) !== undefined)
    setCode('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void show({ code })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <p>{w.fresh}</p>
        <TextField label={trust.code} value={code} onValue={setCode} autoComplete="one-time-code" required />
        <Button type="submit" busy={busy}>
          {w.freshButton}
        </Button>
        {hasPasskeys && <UsePasskey onAnswer={(passkey) => void show({ passkey })} />}
        {(problem || done) && (
          <Banner tone={problem ? 'stop' : 'good'} live="polite">
            {problem ?? w.freshDone}
          </Banner>
        )}
      </Stack>
    </form>
  )
}

function Paper({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const w = useWords().trust.factor
  return (
    <Card title={w.paperTitle} sub={w.paper}>
      <Stack>
        <ul>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Button onClick={() => window.print()}>{w.print}</Button>
        <Button look="primary" onClick={onDone}>
          {w.done}
        </Button>
      </Stack>
    </Card>
  )
}
