/** The app of a locked tablet: the lock screen, and the sending of what waits. Nothing readable is in this page's memory. */
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Done } from '../../../shared/api.ts'
import { api } from '../../sync/http.ts'
import { freshPace } from '../../sync/pace.ts'
import { WAKE } from '../../sync/wake.ts'
import { seedOpenStore } from '../../trust/seedOpenStore.ts'
import type { Instant } from '../../../shared/time.ts'
import { adoptAtStart } from '../../trust/adopt.ts'
import { browserStores } from '../../trust/browserStores.ts'
import { setShut } from '../../trust/shut.ts'
import type { OpenLocker } from '../../trust/locker.ts'
import type { Beginning } from '../../trust/lockerApp.ts'
import { openLockerApp } from '../../trust/lockerApp.ts'
import { lookIntoLockers, sendSealed } from '../../trust/sendSealed.ts'
import type { Stores } from '../../trust/stores.ts'
import { othersLocked } from '../../trust/oneOpen.ts'
import { OPEN_STORE } from '../../trust/stores.ts'
import { LockScreen } from './LockScreen.tsx'
import type { LockedState } from './LockScreen.tsx'
import { takeWhyClosed, type WhyClosed } from '../../trust/seen.ts'

const EVERY = 60_000

export interface LockRoomDeps {
  readonly draw: (what: ReactNode) => void
  readonly now: () => Instant
  readonly newId: () => string
  readonly onOpen: (beginning: Beginning) => void
  readonly onPassword: () => void
}

/** Shows it. The server is told that whoever was here has left the tablet: its web session ends. */
export async function showLockRoom({ draw, now, newId, onOpen, onPassword }: LockRoomDeps): Promise<void> {
  const stores = browserStores({ now, newId })
  await adoptAtStart(stores)
  const lockers = await stores.lockers.all()
  if (lockers.length === 0) {
    // The last one has gone, or the browser emptied its storage: the open store says which.
    setShut(false)
    await seedOpenStore(stores)
    return onPassword()
  }
  const left = api(Done, 'POST', '/api/sign-out')
  const closed = takeWhyClosed()
  draw(
    <LockRoom
      stores={stores}
      first={{ lockers, ...(await lookIntoLockers(stores)), isRevoked: false }}
      closed={closed}
      onOpen={(opened) => onOpen({ db: opened.db, locker: openLockerApp(stores, opened, left) })}
      onPassword={() =>
        void left
          .then(() => othersLocked(OPEN_STORE))
          .then(() => seedOpenStore(stores))
          .then(onPassword)
      }
    />,
  )
}

function LockRoom({
  stores,
  first,
  closed,
  onOpen,
  onPassword,
}: {
  readonly stores: Stores
  readonly first: LockedState
  readonly closed: WhyClosed | undefined
  readonly onOpen: (opened: OpenLocker) => void
  readonly onPassword: () => void
}) {
  const [state, setState] = useState(first)
  const look = async (): Promise<void> => {
    const [lockers, waiting] = [await stores.lockers.all(), await lookIntoLockers(stores)]
    setState((before) => ({ ...before, lockers, ...waiting }))
  }
  useEffect(() => {
    let isHere = true
    let isSending = false
    let again = false
    const pace = freshPace()
    const send = async (): Promise<void> => {
      // The network may have come back since the one under way began.
      again = isSending
      if (isSending) return
      isSending = true
      const sent = await sendSealed(stores, api, undefined, pace)
        .catch(() => ({ kind: 'later' as const }))
        .finally(() => {
          isSending = false
        })
      const [lockers, waiting] = [await stores.lockers.all(), await lookIntoLockers(stores)]
      if (sent.kind === 'later' && waiting.waiting + waiting.carried > 0) wake()
      if (isHere) setState((before) => ({ lockers, ...waiting, isRevoked: before.isRevoked || (sent.kind === 'done' && sent.revoked) }))
      if (again && isHere) void send()
    }
    const soon = (): void => void send()
    soon()
    const timer = setInterval(soon, EVERY)
    window.addEventListener('online', soon)
    return () => {
      isHere = false
      clearInterval(timer)
      window.removeEventListener('online', soon)
    }
  }, [stores])
  return <LockScreen stores={stores} state={state} closed={closed} onOpen={onOpen} onPassword={onPassword} onSettled={() => void look()} />
}

/** The browser is asked to wake the app's worker when there is a network again. */
function wake(): void {
  const known = navigator.serviceWorker?.ready as Promise<{ sync?: { register(tag: string): Promise<void> } }> | undefined
  known?.then(({ sync }) => sync?.register(WAKE)).catch(() => undefined)
}
