import type { PasskeyAnswer } from '../../../shared/api/passkeys.ts'
import { TextField } from '../../ui/Field.tsx'
import { useWords } from '../../words/index.ts'
import type { Asked } from './signIn.ts'
import { UsePasskey } from './UsePasskey.tsx'

/** What the server asked for beyond who one is: the code of the second factor, the code of a new device. */
export function AskedFields({
  more,
  onMore,
  onPasskey,
}: {
  readonly more: Asked
  readonly onMore: (more: Asked) => void
  readonly onPasskey: (passkey: PasskeyAnswer) => void
}) {
  const { trust } = useWords()
  return (
    <>
      {more.code !== undefined && (
        <>
          <TextField
            label={trust.code}
            hint={trust.codeHint}
            value={more.code}
            onValue={(code) => onMore({ ...more, code })}
            autoComplete="one-time-code"
            autoFocus
          />
          <UsePasskey onAnswer={onPasskey} />
        </>
      )}
      {more.enrolCode !== undefined && (
        <TextField
          label={trust.enrolCode}
          hint={trust.enrolCodeHint}
          value={more.enrolCode}
          onValue={(enrolCode) => onMore({ ...more, enrolCode })}
          autoComplete="off"
          autoCapitalize="characters"
        />
      )}
    </>
  )
}
