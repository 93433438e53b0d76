import { useEffect, useSyncExternalStore } from 'react'
import { AlertsReply } from '../../../../shared/api/alerts.ts'
import { api } from '../../../sync/http.ts'

/** How often the desk asks whether there is something new. */
const EVERY_MS = 300_000

let fresh = 0
const listeners = new Set<() => void>()
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function look(): Promise<void> {
  const reply = await api(AlertsReply, 'GET', '/api/alerts')
  if (reply.kind !== 'ok') return
  fresh = new Set(reply.value.alerts.filter((alert) => !alert.seen).map(({ kind }) => kind)).size
  for (const listener of listeners) listener()
}

/** Somebody saw them: the count is asked anew. */
export const alertsChanged = (): void => void look()

/** Of how many kinds there is something new: that is how the page groups them. None while the server cannot be asked. */
export function useFreshAlerts(asks: boolean): number {
  useEffect(() => {
    if (!asks) return
    void look()
    const timer = setInterval(() => void look(), EVERY_MS)
    return () => clearInterval(timer)
  }, [asks])
  return useSyncExternalStore(subscribe, () => fresh)
}
