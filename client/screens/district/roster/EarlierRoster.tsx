import type { ReactNode } from 'react'
import { RosterReply } from '../../../../shared/api/desk.ts'
import { fiscalYear } from '../../../../shared/time.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { FileLink } from '../../desk/FileLink.tsx'
import { PrintButton } from '../../desk/PrintButton.tsx'
import { Roster } from '../../desk/Roster.tsx'
import { useReply } from '../../desk/useReply.ts'
import { reasonsHref } from '../schoolYear.ts'

/** The merged roster of a school year that is over, as of its last day: worked out of the log when it is asked for, by the same rules. */
export function EarlierRoster({ year, choice }: { readonly year: number; readonly choice: ReactNode }) {
  const words = useWords()
  const w = words.district.roster
  const asOf = fiscalYear(year).last
  const { asked, reload } = useReply(RosterReply, `/api/roster?asOf=${asOf}`, { isLong: true, isAnew: true })
  return (
    <>
      <PageHeader
        title={w.title}
        sub={w.sub(words.format.dateWithYear(asOf))}
        actions={
          <>
            {choice}
            <PrintButton />
            <FileLink href={`/api/roster.csv?asOf=${asOf}`}>
              <Icon name="download" /> {w.csv}
            </FileLink>
          </>
        }
      />
      <Asking asked={asked} waiting={w.working} onRetry={reload}>
        {({ rows }) => (
          <Roster
            rows={rows}
            hrefOf={(student) => reasonsHref(student, asOf)}
            empty={<EmptyState title={w.noneFound}>{w.noneFoundText}</EmptyState>}
          />
        )}
      </Asking>
    </>
  )
}
