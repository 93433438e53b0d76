import { Done } from '../../../../shared/api.ts'
import type { PutSetting } from '../../../../shared/api/reports.ts'
import { api } from '../../../sync/http.ts'
import { useOrder } from '../../desk/useOrder.ts'

/** Keeps or takes back one setting. */
export function usePut(onChanged: () => void) {
  const { busy, problem, send } = useOrder()
  const put = async (setting: PutSetting): Promise<boolean> => {
    const done = await send(() => api(Done, 'PUT', '/api/settings', setting))
    if (done) onChanged()
    return done !== undefined
  }
  return { busy, problem, put }
}
