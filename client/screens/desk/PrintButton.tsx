import type { ReactNode } from 'react'
import { Button, type ButtonLook } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useWords } from '../../words/index.ts'

/** Prints the page as it is; *Print* unless it says something else. */
export function PrintButton({ look = 'plain', children }: { readonly look?: ButtonLook; readonly children?: ReactNode }) {
  const words = useWords()
  return (
    <Button look={look} onClick={() => window.print()}>
      <Icon name="print" /> {children ?? words.common.print}
    </Button>
  )
}
