import { type CheckpointRow, CheckpointsReply } from '../../../../shared/api/evidence.ts'
import { instant } from '../../../../shared/time.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { type Column, Table } from '../../../ui/Table.tsx'
import { useWords, type Words } from '../../../words/index.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { Asking } from '../../desk/Asking.tsx'
import { useReply } from '../../desk/useReply.ts'

/** The log's signed checkpoints: to be printed and kept elsewhere, where nobody who holds the server can reach them. */
export function EvidencePage() {
  const words = useWords()
  const w = words.evidence
  const { asked, reload } = useReply(CheckpointsReply, '/api/checkpoints')
  const actions = (
    <>
      <a className={buttonClass({ look: 'quiet' })} href="/verify.html" download="recoup-verify.html">
        {w.verifier}
      </a>
      <Button look="primary" onClick={() => window.print()}>
        {w.print}
      </Button>
    </>
  )
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} actions={actions} />
      <Asking asked={asked} onRetry={reload}>
        {(reply) => <Checkpoints reply={reply} />}
      </Asking>
    </>
  )
}

function Checkpoints({ reply }: { readonly reply: CheckpointsReply }) {
  const words = useWords()
  const w = words.evidence
  const { store } = useDevice()
  return (
    <Stack>
      {reply.against.length > 0 && (
        <Banner tone="stop" title={w.againstTitle} live="polite">
          <p>{w.against(reply.against.length)}</p>
          {reply.against.map(({ device, name, seq, verdict }) => (
            <p key={device}>{verdict === 'ahead' ? w.ahead(name || device, seq) : w.differs(name || device, seq)}</p>
          ))}
        </Banner>
      )}
      <p>
        {reply.district} · {w.key} <code>{reply.key}</code>
      </p>
      <Table
        label={w.tableLabel}
        columns={columns(words, store.zone())}
        rows={reply.checkpoints}
        rowKey={(row) => String(row.seq)}
        initially={{ column: 'number', descending: true }}
      />
    </Stack>
  )
}

const columns = (words: Words, zone: string): Column<CheckpointRow>[] => [
  { id: 'at', head: words.evidence.at, cell: (row) => words.format.dateTime(instant(row.at), zone), by: (row) => row.at },
  { id: 'number', head: words.evidence.number, cell: (row) => words.format.number(row.seq), by: (row) => row.seq, numbers: true },
  { id: 'link', head: words.evidence.link, cell: (row) => <code>{inGroups(row.link)}</code>, wrap: true },
  { id: 'signature', head: words.evidence.signature, cell: (row) => <code>{inGroups(row.checkpoint.signature)}</code>, wrap: true },
]

/** In groups of eight, so that an eye can compare it with paper. */
const inGroups = (text: string): string => text.replaceAll(/(.{8})(?=.)/g, '$1 ')
