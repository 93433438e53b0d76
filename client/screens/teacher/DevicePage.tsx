import '../../words/late.ts'
import { Link } from 'wouter'
import { RULES_VERSION } from '../../../shared/rules/version.ts'
import type { Instant } from '../../../shared/time.ts'
import { schoolDateOf } from '../../../shared/time.ts'
import type { StudentId } from '../../../shared/ids.ts'
import { as } from '../../../shared/ids.ts'
import type { Parity } from '../../log/rows.ts'
import { useAccount, useDevice, useMinute, useParity, useSyncState } from '../../log/useAttendance.ts'
import { estimate } from '../../sync/clock.ts'
import type { SyncState } from '../../sync/syncState.ts'
import type { StorageState } from '../../trust/storage.ts'
import { storageKind } from '../../trust/storage.ts'
import { isOver } from '../../trust/recordingEnd.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import type { Words } from '../../words/index.ts'
import { useWords } from '../../words/index.ts'
import { OwnPasskey } from '../lock/OwnPasskey.tsx'
import { SignInAgain } from '../setup/SignInAgain.tsx'
import { Frame } from './Frame.tsx'
import styles from './Outbox.module.css'
import { useStorage } from './Readiness.tsx'
import { nameOf } from './rows.ts'
import { SignOut } from './SignOut.tsx'

const RIGHT_WITHIN = 5_000

/** What this device is, whether it can be relied on, and the way out. */
export function DevicePage() {
  const words = useWords()
  const account = useAccount()
  const { store, version, locker, watch } = useDevice()
  const state = useSyncState()
  const parity = useParity()
  const storage = useStorage()
  const now = useMinute()
  if (!account) return null
  const t = words.teacher
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [
      t.person,
      [
        account.me.name,
        words.common.roles[account.me.role],
        (isOver(watch, account, now) ? t.signedInBefore : t.signedInUntil)(
          words.format.date(schoolDateOf(account.offlineUntil, store.zone())),
        ),
      ],
    ],
    [t.deviceName, [account.device.name]],
    [t.network_, [t.network[state.network]]],
    [t.kept, [t.keptText(state.unsent + state.attention)]],
    [t.totals, [parityWords(words, parity, store.zone(), now, (id) => nameOf(store.ledger, undefined, as<StudentId>(id)))]],
    [t.clock, [clockWords(words, estimate(store.clock, store.now()).offset)]],
    [t.storage, [storageWords(words, storage?.persisted), ...(storage?.free != null ? [t.space(megabytes(words, storage.free))] : [])]],
    [t.version, [version]],
    [words.device.health.rules, [RULES_VERSION]],
  ]
  return (
    <Frame>
      <PageHeader title={t.deviceTitle} sub={account.district} />
      <div className={styles.again}>
        <SignInAgain />
      </div>
      <p role="status" aria-label={words.device.health.title}>
        {healthLine(words, state, storage, version, (at) => words.format.moment(at, store.zone(), now))}
      </p>
      <dl className={styles.facts}>
        {facts.map(([term, lines]) => (
          <Fact key={term} term={term} lines={lines} />
        ))}
      </dl>
      <div className={styles.ways}>
        <Link className={buttonClass()} href="/second-factor">
          {words.trust.factor.link}
        </Link>
        <Link className={buttonClass()} href="/pin">
          {locker ? words.lock.change : words.lock.set}
        </Link>
      </div>
      {locker && (
        <div className={styles.passkey}>
          <OwnPasskey opened={locker.opened} />
        </div>
      )}
      <SignOut state={state} />
    </Frame>
  )
}

const Fact = ({ term, lines }: { readonly term: string; readonly lines: readonly string[] }) => (
  <>
    <dt>{term}</dt>
    <dd>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </dd>
  </>
)

/** Everything somebody on the telephone would ask about this device, in one line: the same that it tells the district. */
export function healthLine(
  words: Words,
  state: SyncState,
  storage: StorageState | null,
  version: string,
  moment: (at: Instant) => string,
): string {
  const w = words.device.health
  return w.line([
    w.unsent(state.unsent),
    ...(state.oldestUnsentAt === null ? [] : [w.oldest(moment(state.oldestUnsentAt))]),
    ...(state.attention > 0 ? [w.attention(state.attention)] : []),
    state.lastConfirmedAt === null ? w.notConfirmed : w.confirmed(moment(state.lastConfirmedAt)),
    w.storage[storage ? storageKind(storage) : 'unknown'],
    version,
    RULES_VERSION,
  ])
}

const megabytes = (words: Words, bytes: number): string => `${words.format.number(Math.floor(bytes / 1_048_576))} MB`

function storageWords(words: Words, persisted: boolean | null | undefined): string {
  if (persisted == null) return words.teacher.storageUnknown
  return persisted ? words.teacher.storageKept : words.teacher.storageAsked
}

function clockWords(words: Words, offset: number | null): string {
  if (offset === null) return words.teacher.clockUnknown
  if (Math.abs(offset) < RIGHT_WITHIN) return words.teacher.clockRight
  const seconds = Math.round(Math.abs(offset) / 1000)
  return words.teacher.clockOff(seconds < 60 ? `${seconds} s` : words.format.duration(Math.floor(seconds / 60)), offset < 0)
}

/** "Totals match the district", or whose differ, in words. */
export function parityWords(
  words: Words,
  parity: Parity | null,
  zone: string,
  now: ReturnType<typeof useMinute>,
  name: (id: string) => string,
): string {
  const t = words.teacher
  if (!parity) return t.totalsNone
  switch (parity.kind) {
    case 'match':
      return t.totalsMatch(words.format.moment(parity.at, zone, now))
    case 'differ':
      return t.totalsDiffer(words.format.list(parity.students.slice(0, 5).map(name)))
    case 'provisional':
      return parity.why === 'rules' ? t.totalsRules : t.totalsProvisional
  }
}
