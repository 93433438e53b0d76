import type { Sync } from './syncLoop.ts'
import { NOTHING_YET } from './syncState.ts'

/** A file that does not come is said on the screen: see `lacking.ts`. */
const nothing = (): void => undefined

/**
 * Stands for the loop until its file is here. Nothing that needs a network is part of opening the app, so neither is the code that
 * speaks to one.
 */
export function openSyncLater(load: () => Promise<Sync>): Sync {
  let loaded: Sync | undefined
  let loading: Promise<Sync> | undefined
  const loop = (): Promise<Sync> => {
    loading ??= load().then(
      (sync) => (loaded = sync),
      (error: unknown) => {
        // Asked again next time.
        loading = undefined
        throw error
      },
    )
    return loading
  }
  return {
    state: () => loaded?.state() ?? NOTHING_YET,
    parity: () => loaded?.parity() ?? null,
    now: () => loop().then((sync) => sync.now(), nothing),
    listen() {
      let isStopped = false
      let stop: (() => void) | undefined
      void loop().then((sync) => {
        if (!isStopped) stop = sync.listen()
      }, nothing)
      return () => {
        isStopped = true
        stop?.()
      }
    },
  }
}
