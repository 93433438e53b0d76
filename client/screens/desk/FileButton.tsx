import { useRef } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** Chooses one file. */
export function FileButton({
  label,
  busy,
  onFile,
}: {
  readonly label: string
  readonly busy: boolean
  readonly onFile: (file: File) => void
}) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button look="primary" busy={busy} onClick={() => picker.current?.click()}>
        <Icon name="file" /> {label}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.txt,.tsv"
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}
