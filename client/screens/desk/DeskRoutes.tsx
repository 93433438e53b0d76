import { Link } from 'wouter'
import { EmptyState } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'

/** Every screen of a desk; what no screen answers for is said to be no page. */
export function DeskRoutes() {
  const words = useWords()
  return (
    <EmptyState title={words.common.notFoundTitle} action={<Link href="/">{words.common.toStart}</Link>}>
      {words.common.notFound}
    </EmptyState>
  )
}
