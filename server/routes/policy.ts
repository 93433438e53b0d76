/** The district's choices where the law leaves one: dated, with who decided and why, and what a change would change. */
import type { Role } from '../../shared/api/people.ts'
import { Done } from '../../shared/api.ts'
import { PolicyPreview, PolicyReply, PutPolicy } from '../../shared/api/registry.ts'
import { schoolDateOf, type SchoolDate } from '../../shared/time.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { Refused } from '../plugins/refuse.ts'
import type { ReportWork } from '../reports/work.ts'

const DECIDERS: readonly Role[] = ['district', 'administrator']
const READERS: readonly Role[] = [...DECIDERS, 'auditor']

export function policyRoutes(app: App, { log, store }: Context, work: ReportWork): void {
  const today = (): SchoolDate => schoolDateOf(log.sources.now(), store.get('district', 'district')?.body.zone ?? 'UTC')

  /** A choice without a name and a reason would be nobody's: an auditor asks for both. */
  function check({ policy }: PutPolicy): void {
    const refuse = (message: string) => new Refused(422, 'policyNotPossible', message)
    if (policy.decidedBy.trim() === '') throw refuse('Say who decided this.')
    if (policy.why.trim() === '') throw refuse('Say why this was decided.')
  }

  app.get('/api/policy', { config: { may: READERS }, schema: { response: { 200: PolicyReply } } }, () => ({
    today: today(),
    policies: store
      .list('policy')
      .map(({ body, ended }) => ({ policy: body, ended }))
      .sort((a, b) => (a.policy.from < b.policy.from ? -1 : 1)),
  }))

  app.put('/api/policy', { config: { may: DECIDERS }, schema: { body: PutPolicy, response: { 200: Done } } }, (request) => {
    check(request.body)
    const { policy, ended } = request.body
    store.apply([{ kind: 'policy', id: policy.from, ended, body: policy }])
    return { ok: true as const }
  })

  /** Saves nothing: what would be is worked out beside what is, and forgotten. */
  app.post('/api/policy/preview', { config: { may: DECIDERS }, schema: { body: PutPolicy, response: { 200: PolicyPreview } } }, (request) =>
    work.previewPolicy(request.body),
  )
}
