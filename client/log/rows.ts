/** What the device keeps, row by row. */
import type { SignedIn } from '../../shared/api/people.ts'
import type { Cursor, PushResult, QuarantineReason, Receipt, TotalsProof } from '../../shared/api/sync.ts'
import type { DeviceRecord } from '../../shared/api/trust.ts'
import type { Checkpoint } from '../../shared/evidence/checkpoint.ts'
import type { RelayKeys, RelayRefusal, RelayReply } from '../../shared/api/relay.ts'
import type { KeptEvent } from '../../shared/events.ts'
import type { DeviceId, EventId, StaffId } from '../../shared/ids.ts'
import type { RegistryRecord } from '../../shared/registry.ts'
import type { Instant, SchoolDate } from '../../shared/time.ts'

/**
 * One event as it was recorded here or pulled. What is unsent is found by an index: `outbox` stands only on own events without a
 * receipt, `attention` only on those the district set aside. The event itself is never touched after it was added.
 */
export interface EventRow {
  /** Order of arrival on this device; given by the store. */
  readonly row?: number
  readonly id: EventId
  readonly session: string
  readonly device: DeviceId
  readonly deviceSeq: number
  /** Date of the session, on the event that starts one. */
  readonly on?: SchoolDate
  readonly outbox?: number
  readonly attention?: QuarantineReason
  /** A coordinator left it out for good: it is kept, and counts nowhere. Needs attention until somebody here has read that. */
  readonly leftOut?: 1
  /** The district's sequence: from the receipt for own events, from the pull for others. */
  readonly seq?: number
  /** Row of the receipt that confirmed it. */
  readonly receipt?: number
  /** How often it was offered, and when last: for the list of what is unsent. */
  readonly tries?: number
  readonly triedAt?: Instant
  /** When the district last answered, without a receipt, that it cannot open the sealed copy: it waits, and is offered again rarely. */
  readonly unopenedAt?: Instant
  /** A type or version this build cannot read; read again by the next build. */
  readonly unknown?: 1
  /** Where rows are sealed, the hash of an own event: a receipt is known by it without opening the row. */
  readonly hash?: string
  /** Where rows are sealed, the own event sealed for the district: it can be sent by whoever holds the tablet, and read by nobody. */
  readonly parcel?: Uint8Array<ArrayBuffer>
  readonly event: KeptEvent
}

/** `page` counts the pages this device has applied: what came since is found by it, whatever sequence the record carries. */
export type RecordRow = RegistryRecord & { readonly page: number }

export interface ReceiptRow {
  readonly row?: number
  readonly at: Instant
  readonly body: string
  readonly signature: string
}

/** Where this device's chain stands: the last number used and the hash of the event that used it. */
export interface Head {
  readonly deviceSeq: number
  readonly hash: string
}

export interface ClockSample {
  /** Server's clock less this device's, in milliseconds. */
  readonly offset: number
  readonly roundTrip: number
  /** This device's clock when it was taken. */
  readonly at: Instant
}

/** What the last comparison of totals with the district gave. `provisional`: other rules, or events still on their way. */
export type Parity =
  | { readonly kind: 'match'; readonly at: Instant; readonly asOf: SchoolDate }
  | { readonly kind: 'differ'; readonly at: Instant; readonly asOf: SchoolDate; readonly students: readonly string[] }
  | { readonly kind: 'provisional'; readonly at: Instant; readonly why: 'unsent' | 'rules' | 'unreadable' }

/** Everything up to `seq` of this epoch is in a backup that was opened and checked. */
export interface VerifiedBackup {
  readonly epoch: string
  readonly seq: number
  readonly at: Instant
}

/** What signs what this device sends. The key itself cannot be read; `record` is the district's word that it has taken it. */
export interface DeviceKey {
  readonly device: DeviceId
  readonly key: CryptoKey
  readonly publicKey: string
  readonly record: DeviceRecord | null
}

/** Who is signed in, and under which name this device records, where that is not its own: it has met a copy of itself. */
export type HeldAccount = SignedIn & { readonly recordsAs?: DeviceId }

/** That somebody signed in on this device, as the district signed it. */
export interface SignInHeld {
  readonly device: DeviceId
  readonly staff: StaffId
  readonly record: Receipt
}

/** Single facts about the device, by name. */
export interface Facts {
  account: HeldAccount
  /** Outlives the sign-in, as the device does. */
  recordsAs: DeviceId
  /** Outlives the sign-in: what is unsent belongs to it. */
  device: DeviceId
  /** Outlive the sign-ins, as what was recorded under them does: the district may have forgotten one. */
  signIns: readonly SignInHeld[]
  /** Keys of receipts that this device has been told while signing in: a receipt signed by any of them is the district's. */
  receiptKeys: readonly string[]
  /** Signs what this device sends, and the district's signed record of it. The key itself cannot be read. */
  deviceKey: DeviceKey
  /** The newest checkpoint of the district's log that came with a receipt. */
  checkpoint: Checkpoint
  cursor: Cursor
  /** The school that somebody who may see all of them looks at. */
  wantedSite: string
  /** The school whose attendance is here whole, for such a person. */
  site: string
  /** Pages applied so far. */
  page: number
  clock: readonly ClockSample[]
  parity: Parity
  proof: TotalsProof
  lastConfirmedAt: Instant
  lastPulledAt: Instant
  persisted: boolean | null
  /** The newest backup of the district that was checked, as the last page named it. */
  verified: VerifiedBackup
  /** What this device hands over with when there is no network, and the device it is for. */
  relay: RelayKeys & { readonly device: DeviceId }
  language: 'en' | 'es'
  /** The time that it is at least: the district's last answer and what was counted since while the app was open. No clock of this device is in it. */
  counted: Instant
}

/** A parcel that this device carries for another, sealed; once the server has taken it, the receipts for the way back. */
export type ParcelRow = { readonly id: string; readonly at: Instant } & (
  | { readonly state: 'waiting'; readonly bytes: string }
  | { readonly state: 'taken'; readonly reply: RelayReply }
  /** Nobody signed for a refusal: the parcel stays, and is offered again rarely, until it is taken or somebody here decides. */
  | { readonly state: 'refused'; readonly why: RelayRefusal; readonly bytes?: string; readonly triedAt?: Instant }
)
export type FactName = keyof Facts

export interface MetaRow {
  readonly name: string
  readonly value: unknown
}

/** What the receipt said of one of our events. */
export type Outcome = Pick<PushResult, 'outcome' | 'seq' | 'reason' | 'leftOut'> & { readonly id: EventId }
