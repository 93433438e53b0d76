import { useWords } from '../words/index.ts'
import { Banner } from './Banner.tsx'
import { Button } from './Button.tsx'

/** A form that was left half done stands there again: said, so that nobody takes it for what is kept; with the way to begin anew. */
export function HalfDoneNote({ of }: { readonly of: { readonly isBack: boolean; readonly anew: () => void } }) {
  const { common } = useWords()
  if (!of.isBack) return null
  return (
    <Banner live="polite" actions={<Button onClick={of.anew}>{common.beginAnew}</Button>}>
      {common.halfDone}
    </Banner>
  )
}
