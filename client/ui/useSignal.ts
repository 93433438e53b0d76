import { useSyncExternalStore } from 'react'
import type { Signal } from '../signal.ts'

/** What a signal holds; a component that asks is drawn again when it changes. */
export const useSignal = <T>({ on, get }: Signal<T>): T => useSyncExternalStore(on, get, get)
