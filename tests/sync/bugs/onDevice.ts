/** Bugs of the tablet: its disk, its tabs, its people. */
import type { LogDb } from '../../../client/log/db.ts'
import type { EventRow } from '../../../client/log/rows.ts'
import type { Tab } from '../world/device.ts'
import type { Bug } from '../world/world.ts'

const withoutPrev = (row: object): object => ('event' in row ? { ...row, event: { ...(row.event as object), prev: '' } } : row)

const deviceZone = (db: LogDb): void => {
  db.records.hook('creating', (_key, row) => {
    if (row.kind === 'site') Object.assign(row, { body: { ...row.body, zone: 'Pacific/Honolulu' } })
  })
}

const alwaysSaved = ({ store, writing }: Tab): void => {
  const { write } = store
  store.write = (drafts) => {
    const { events, done } = write(drafts)
    writing.pop()
    const given = { events, done: done.then(() => ({ kind: 'saved' as const })) }
    writing.push(given)
    return given
  }
}

const deafTab = ({ store }: Tab): void => {
  store.catchUp = async () => undefined
}

type Mutable = { -readonly [K in keyof Tab['store']['outbox']]: Tab['store']['outbox'][K] }
type Mark = ReturnType<Mutable['mark']>['kind']
/** A mark of one kind is shown as confirmed. */
const shownAsConfirmed =
  (kind: Mark) =>
  ({ store }: Tab): void => {
    const outbox = store.outbox as Mutable
    const { mark } = outbox
    outbox.mark = (id) => (mark(id).kind === kind ? { kind: 'confirmed' } : mark(id))
  }

const attentionLost = (db: LogDb): void => {
  db.events.hook('updating', (changes) => ('attention' in changes ? { attention: undefined } : undefined))
}
const forkIsAnything = (db: LogDb): void => {
  db.events.hook('updating', (changes) => ('attention' in changes && changes.attention === 'fork' ? { attention: 'malformed' } : undefined))
}
const receiptLost = (db: LogDb): void => {
  db.events.hook('updating', (changes) => ('receipt' in changes ? { receipt: undefined } : undefined))
}
const timesOfEntry = (db: LogDb): void => {
  db.events.hook('creating', (_key, row) => {
    if (row.outbox === undefined) Object.assign(row, { event: { ...row.event, at: row.event.recordedAt } })
  })
}
const takenBackForgotten = (db: LogDb): void => {
  db.events.hook('creating', (_key, row) => {
    if (row.outbox === undefined && row.event.type === 'EventVoided') Object.assign(row, { event: { ...row.event, voids: 'nothing' } })
  })
}
const endedIsNot = (db: LogDb): void => {
  db.records.hook('creating', (_key, row) => void Object.assign(row, { ended: false }))
  db.records.hook('updating', (changes) => ('ended' in changes ? { ended: false } : undefined))
}
const firstNameStays = (db: LogDb): void => {
  db.records.hook('updating', (_changes, _key, row) => ({ body: row.body, ended: row.ended }))
}
const lastRow = async (db: LogDb): Promise<unknown> => {
  const row: EventRow | undefined = await db.events.orderBy(':id').last()
  return row?.row === undefined ? undefined : db.events.delete(row.row)
}
const namesStay = ({ session, store, db }: Tab): void => {
  Object.assign(session, {
    signOut: async () => {
      await db.meta.delete('account')
      store.setAccount(null)
    },
  })
}
const handedOver = (db: LogDb): Promise<unknown> =>
  db.events
    .filter((row) => row.outbox !== undefined)
    .modify((row: { -readonly [K in keyof EventRow]: EventRow[K] }) => void delete row.outbox)
/** As a device of before: it keeps no record of who signed in on it, and shows none. */
const noRecords = (db: LogDb): void => {
  db.meta.hook('creating', (_key, row) => void (row.name === 'signIns' && Object.assign(row, { value: [] })))
  db.meta.hook('updating', (_changes, key) => (key === 'signIns' ? { value: [] } : undefined))
}
const neverRead = ({ store }: Tab): void => {
  store.settled = async () => undefined
}

const BUGS: readonly (readonly [string, Bug['plant']])[] = [
  ['an event does not name the one before', () => ({ disk: withoutPrev })],
  ["the device's zone is taken for the school's", () => ({ db: deviceZone })],
  ['"Saved" is said of what the disk refused', () => ({ tab: alwaysSaved })],
  ['a tab does not read what was pulled', () => ({ tab: deafTab })],
  ['signing out clears the outbox', () => ({ onSignOut: (db) => db.events.clear() })],
  ['signing out leaves the names', () => ({ tab: namesStay })],
  ['what was sent is shown as confirmed', () => ({ tab: shownAsConfirmed('sent') })],
  ['what was saved is shown as confirmed', () => ({ tab: shownAsConfirmed('saved') })],
  ['what needs attention is shown as confirmed', () => ({ tab: shownAsConfirmed('attention') })],
  ['what was set aside is not marked', () => ({ db: attentionLost })],
  ['a tablet that met its copy goes on under the same name', () => ({ db: forkIsAnything })],
  ['a receipt is not kept', () => ({ db: receiptLost })],
  ['times of others are taken from when they were entered', () => ({ db: timesOfEntry })],
  ['what others took back counts', () => ({ db: takenBackForgotten })],
  ['an absence taken back stays', () => ({ db: endedIsNot })],
  ['a record keeps its first words', () => ({ db: firstNameStays })],
  ['the disk says yes before it has written', () => ({ onKill: lastRow })],
  ['an update begins with an empty store', () => ({ onKill: (db) => db.events.clear() })],
  ['an update of the store leaves behind what was not sent', () => ({ onUpdate: (db) => db.events.orderBy('outbox').delete() })],
  ['what was handed over to be carried leaves the outbox', () => ({ onHandOver: handedOver })],
  ['a device keeps no record of who signed in', () => ({ db: noRecords })],
  ['a tab does not hear of its receipts', () => ({ tab: neverRead })],
]

export const ON_DEVICE: readonly Bug[] = BUGS.map(([name, plant]) => ({ name, plant }))
