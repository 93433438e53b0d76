import { Link, useLocation, useSearchParams } from 'wouter'
import type { BehindReply as Reply } from '../../../../shared/api/totals.ts'
import { BehindReply, PARTS } from '../../../../shared/api/totals.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { buttonClass } from '../../../ui/Button.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { useChooseSite } from '../../coordinator/useSite.ts'
import { Asking } from '../../desk/Asking.tsx'
import tools from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { namedIn } from './links.ts'
import { hours } from './money.ts'
import { nameOf } from './names.ts'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** The students or sessions behind one figure of the overview. */
export function BehindPage() {
  const words = useWords()
  const w = words.dashboard
  const [params] = useSearchParams()
  const figure =
    (['students', 'sessions', 'earned', 'claimed', 'banked', 'lost'] as const).find((one) => one === params.get('figure')) ?? 'students'
  const { asked, reload } = useReply(BehindReply, `/api/totals/behind?${askedIn(params)}`)
  const part = PARTS.find((one) => one === params.get('part'))
  const key = params.get('key') ?? ''
  const site = params.get('site')
  const named = asked.kind === 'ok' ? asked.value.names : { site: '', part: '' }
  const where = [named.site, part === undefined ? '' : nameOf(words, part, { key, name: named.part })].filter(Boolean)
  return (
    <>
      <PageHeader
        title={w.behindPage.title(w.figures[namedIn(params) ?? figure])}
        sub={where.length === 0 ? w.behindPage.all : where.join(' · ')}
        actions={
          <>
            <Link className={buttonClass()} href={site === null ? '/overview' : `/overview?site=${encodeURIComponent(site)}`}>
              {w.behindPage.back}
            </Link>
            <PrintButton />
          </>
        }
      />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => (
          <>
            {reply.more && <Banner tone="warn">{w.behindPage.more}</Banner>}
            {reply.sessions.length > 0 ? <SessionsBehind rows={reply.sessions} /> : <StudentsBehind rows={reply.students} />}
          </>
        )}
      </Asking>
    </>
  )
}

/** What the server is asked: it knows the figures that are counted. */
function askedIn(params: URLSearchParams): URLSearchParams {
  const asked = new URLSearchParams(params)
  asked.delete('as')
  return asked
}

function StudentsBehind({ rows }: { readonly rows: Reply['students'] }) {
  const words = useWords()
  const w = words.dashboard.behindPage
  const [, navigate] = useLocation()
  const columns: readonly Column<Reply['students'][number]>[] = [
    {
      id: 'student',
      head: w.student,
      by: (row) => row.name,
      cell: (row) => (
        <Link className={tools.name} href={`/district/student/${row.student}`}>
          {row.name}
        </Link>
      ),
      total: words.common.students(rows.length),
    },
    { id: 'grade', head: w.grade, by: (row) => row.grade, cell: (row) => (row.grade ? words.common.gradeShort(row.grade) : '') },
    { id: 'school', head: w.school, by: (row) => row.siteName, cell: (row) => row.siteName },
    { id: 'sessions', head: w.sessions, numbers: true, by: (row) => row.sessions, cell: (row) => words.format.number(row.sessions) },
    {
      id: 'hours',
      head: w.hours,
      numbers: true,
      by: (row) => row.minutes,
      cell: (row) => (row.minutes === 0 ? '–' : hours(words, row.minutes)),
    },
    {
      id: 'days',
      head: w.days,
      numbers: true,
      by: (row) => row.days,
      cell: (row) => words.format.number(row.days),
      total: words.format.number(rows.reduce((sum, row) => sum + row.days, 0)),
    },
  ]
  return (
    <Table
      label={w.studentsLabel}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.student}
      onOpen={(row) => navigate(`/district/student/${row.student}`)}
      empty={<EmptyState title={w.none}>{w.noneText}</EmptyState>}
    />
  )
}

function SessionsBehind({ rows }: { readonly rows: Reply['sessions'] }) {
  const words = useWords()
  const w = words.dashboard.behindPage
  const [, navigate] = useLocation()
  const choose = useChooseSite()
  const columns: readonly Column<Reply['sessions'][number]>[] = [
    {
      id: 'session',
      head: w.session,
      by: (row) => row.title,
      cell: (row) => (
        <Link className={tools.name} href={`/session/${row.session}`} onClick={() => choose(row.site)}>
          {row.title}
        </Link>
      ),
      total: words.common.sessions(rows.length),
    },
    { id: 'on', head: w.on, by: (row) => row.on, cell: (row) => words.format.dateWithYear(row.on) },
    { id: 'school', head: w.school, by: (row) => row.siteName, cell: (row) => row.siteName },
    { id: 'teacher', head: w.teacher, by: (row) => row.staffName, cell: (row) => row.staffName },
    { id: 'came', head: w.came, numbers: true, by: (row) => row.students, cell: (row) => words.format.number(row.students) },
    {
      id: 'hours',
      head: w.hours,
      numbers: true,
      by: (row) => row.minutes,
      cell: (row) => hours(words, row.minutes),
      total: hours(
        words,
        rows.reduce((sum, row) => sum + row.minutes, 0),
      ),
    },
    {
      id: 'certified',
      head: w.certified,
      by: (row) => (row.certified ? 1 : 0),
      cell: (row) => <StatusPill tone={row.certified ? 'good' : 'warn'}>{row.certified ? w.certified : w.notCertified}</StatusPill>,
    },
  ]
  return (
    <Table
      label={w.sessionsLabel}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.session}
      onOpen={(row) => {
        choose(row.site)
        navigate(`/session/${row.session}`)
      }}
    />
  )
}
