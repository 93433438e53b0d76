import '../words/late.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/index.ts'

/** In the place of the app, when what is stored cannot be opened. Nothing is deleted: a newer version, or somebody who looks, may open it. */
export function Unopenable({ isNewer }: { readonly isNewer: boolean }) {
  const w = useWords().device.safe
  return (
    <main id="main">
      <h1>{w.unopenable}</h1>
      <Banner tone="stop" live="assertive" actions={<Button onClick={() => location.reload()}>{w.reload}</Button>}>
        {isNewer ? w.unopenableNewer : w.unopenableOther}
      </Banner>
    </main>
  )
}
