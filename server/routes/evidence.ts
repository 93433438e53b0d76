/** The log's checkpoints, for those who answer for it and those who check it. */
import { CheckpointsReply } from '../../shared/api/evidence.ts'
import type { Role } from '../../shared/api/people.ts'
import type { CheckpointBody } from '../../shared/evidence/checkpoint.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'

const READERS: readonly Role[] = ['district', 'data', 'auditor', 'administrator']
const MOST = 400

export function evidenceRoutes(app: App, { checkpoints, overview, receiptKey, store }: Context): void {
  app.get('/api/checkpoints', { config: { may: READERS }, schema: { response: { 200: CheckpointsReply } } }, () => {
    const names = new Map(overview.devices('all').map(({ id, name }) => [String(id), name]))
    return {
      district: store.get('district', 'district')?.body.name ?? '',
      key: receiptKey.publicKey,
      checkpoints: checkpoints.kept(MOST).map(({ body, signature, seq, at }) => ({
        seq,
        at,
        link: (JSON.parse(body) as CheckpointBody).link,
        checkpoint: { body, signature },
      })),
      against: checkpoints.against().map(({ device, verdict, seq, at }) => ({
        device,
        name: names.get(device) ?? '',
        at,
        seq,
        verdict: verdict === 'ahead' ? ('ahead' as const) : ('differs' as const),
      })),
    }
  })
}
