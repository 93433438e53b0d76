import { useEffect } from 'react'
import { Done } from '../../../../shared/api.ts'
import { type PacketJob, PacketJobs } from '../../../../shared/api/packets.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import { Table } from '../../../ui/Table.tsx'
import { useWords } from '../../../words/index.ts'
import { FileLink } from '../../desk/FileLink.tsx'
import { Asking } from '../../desk/Asking.tsx'
import styles from '../../desk/Tools.module.css'
import { useReply } from '../../desk/useReply.ts'
import { NewPacket } from './NewPacket.tsx'
import { useSubjectName } from './subjectName.ts'

const isUnderWay = ({ state }: PacketJob): boolean => state === 'waiting' || state === 'gathering' || state === 'writing'
/** Milliseconds between two looks at a packet in the making. */
const LOOK_EVERY = 700

/** Audit packets: asked for, watched, called off, taken. */
export function PacketsPage() {
  const words = useWords()
  const w = words.reports.packets
  const { asked, reload } = useReply(PacketJobs, '/api/packets')
  const { store } = useDevice()
  const nameOf = useSubjectName()
  const waits = asked.kind === 'ok' && asked.value.jobs.some(isUnderWay)
  useEffect(() => {
    if (!waits) return undefined
    const timer = setInterval(reload, LOOK_EVERY)
    return () => clearInterval(timer)
  }, [waits, reload])
  const cancel = (job: PacketJob) => void api(Done, 'POST', `/api/packets/${job.id}/cancel`, {}).then(reload)
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} />
      <div className={styles.stack}>
        <NewPacket onStarted={reload} />
        <Card title={w.listTitle} sub={w.verify}>
          <Asking asked={asked} onRetry={reload}>
            {({ jobs }) => (
              <Table
                label={w.listTitle}
                rows={jobs}
                rowKey={(job) => job.id}
                empty={<p className="quiet">{w.none}</p>}
                columns={[
                  {
                    id: 'what',
                    head: w.kind,
                    wrap: true,
                    cell: (job) => (
                      <>
                        <span className={styles.name}>{nameOf(job)}</span>
                        <span className={styles.small}>{words.format.dateTime(job.at, store.zone())}</span>
                      </>
                    ),
                  },
                  { id: 'state', head: '', cell: (job) => <State job={job} /> },
                  { id: 'take', head: '', cell: (job) => <Take job={job} onCancel={() => cancel(job)} /> },
                ]}
              />
            )}
          </Asking>
        </Card>
      </div>
    </>
  )
}

function State({ job }: { readonly job: PacketJob }) {
  const w = useWords().reports.packets
  if (isUnderWay(job)) {
    return (
      <span role="status">
        {w.states[job.state]} {job.of > 0 && <span className="quiet">{w.progress(job.done, job.of)}</span>}
      </span>
    )
  }
  return <StatusPill tone={job.state === 'done' ? 'good' : job.state === 'cancelled' ? 'calm' : 'warn'}>{w.states[job.state]}</StatusPill>
}

function Take({ job, onCancel }: { readonly job: PacketJob; readonly onCancel: () => void }) {
  const w = useWords().reports.packets
  if (isUnderWay(job)) return <Button onClick={onCancel}>{w.cancel}</Button>
  if (job.state !== 'done') return null
  return (
    <span className={styles.inline}>
      <FileLink href={`/api/packets/${job.id}/pdf`}>
        <Icon name="print" /> {w.pdf}
      </FileLink>
      <FileLink href={`/api/packets/${job.id}/json`}>
        <Icon name="download" /> {w.json}
      </FileLink>
    </span>
  )
}
