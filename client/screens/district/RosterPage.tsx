import { RosterReply } from '../../../shared/api.ts'
import { Link } from 'wouter'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'
import { Asking } from '../desk/Asking.tsx'
import { Roster } from '../desk/Roster.tsx'
import { useReply } from '../desk/useReply.ts'

/** Every student of the district over all schools: what was earned, what may be claimed, what waits. */
export function RosterPage() {
  const words = useWords()
  const { asked, reload } = useReply(RosterReply, '/api/roster')
  const w = words.district.roster
  return (
    <>
      <PageHeader
        title={w.title}
        sub={asked.kind === 'ok' ? w.sub(words.format.dateWithYear(asked.value.asOf)) : undefined}
        actions={
          <>
            <Button onClick={() => window.print()}>
              <Icon name="print" /> {words.common.print}
            </Button>
            <a className={buttonClass()} href="/api/roster.csv" download>
              <Icon name="download" /> {w.csv}
            </a>
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => (
          <Roster
            rows={reply.rows}
            hrefOf={(student) => `/district/student/${student}`}
            empty={
              <EmptyState
                title={w.emptyTitle}
                action={
                  <Link className={buttonClass({ look: 'primary' })} href="/import">
                    {words.district.overview.importButton}
                  </Link>
                }
              >
                {w.empty}
              </EmptyState>
            }
          />
        )}
      </Asking>
    </>
  )
}
