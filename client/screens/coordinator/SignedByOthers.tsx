import { Link } from 'wouter'
import type { SessionState } from '../../../shared/attendance/fold.ts'
import { signerOf } from '../../../shared/attendance/signed.ts'
import { topic } from '../../log/topics.ts'
import { useAccount, useDevice, useLedger } from '../../log/useAttendance.ts'
import { Card } from '../../ui/Card.tsx'
import { StatusPill } from '../../ui/StatusPill.tsx'
import { useWords } from '../../words/index.ts'
import handOver from '../handOver/HandOver.module.css'
import { signedByOthers } from './deviceBoard.ts'
import { useShownSites } from './useSite.ts'

/** The newest that are named here. */
const MOST = 5

/** Sessions of the year that arrived signed by somebody who did not supervise them, the newest first, and what to do about it. */
export function SignedByOthers() {
  const words = useWords()
  const { store } = useDevice()
  const ledger = useLedger(topic.sessions)
  const isWide = useAccount()?.me.districtWide === true
  const found = signedByOthers(ledger, useShownSites(), store.today())
  if (found.length === 0) return null
  const { name, todo } = words.periods.list.items.signedByOther
  return (
    <Card title={name} sub={todo}>
      <ul role="list" className={handOver.list}>
        {found.slice(0, MOST).map((session) => (
          <Signed key={session.id} session={session} />
        ))}
      </ul>
      {found.length > MOST && (
        <p>
          <Link href={isWide ? '/periods' : '/site/checklist'}>{words.device.board.signedMore(found.length - MOST)}</Link>
        </p>
      )}
    </Card>
  )
}

function Signed({ session }: { readonly session: SessionState }) {
  const words = useWords()
  const w = words.device.board
  const { ledger } = useDevice().store
  const names = [...new Set(session.supervision.map(({ staff }) => ledger.staff(staff)?.name ?? '–'))]
  const supervised = names.length > 0 ? w.supervisedBy(words.format.list(names)) : w.supervisedByNobody
  return (
    <li className={handOver.item}>
      <StatusPill tone="warn">{w.signedBy(signerOf(ledger, session))}</StatusPill>
      <Link href={`/session/${session.id}`}>{session.title}</Link>
      <span className="quiet">{`${words.format.date(session.on)} · ${supervised}`}</span>
    </li>
  )
}
