import { useEffect } from 'react'
import { AlertsReply } from '../../../../shared/api/alerts.ts'
import { signal } from '../../../signal.ts'
import { api } from '../../../sync/http.ts'
import { useSignal } from '../../../ui/useSignal.ts'

/** How often the desk asks whether there is something new. */
const EVERY_MS = 300_000

const fresh = signal(0)

async function look(): Promise<void> {
  const reply = await api(AlertsReply, 'GET', '/api/alerts')
  if (reply.kind !== 'ok') return
  fresh.set(new Set(reply.value.alerts.filter((alert) => !alert.seen).map(({ kind }) => kind)).size)
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
  return useSignal(fresh)
}
