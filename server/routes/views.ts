/** The views of the merged roster that a person keeps: everybody's own, on whatever device. */
import { Done } from '../../shared/api.ts'
import { type Role } from '../../shared/api/people.ts'
import { SavedViews } from '../../shared/api/views.ts'
import type { Context } from '../context.ts'
import type { App } from '../plugins/app.ts'
import { COORDINATORS, personOf } from '../plugins/guard.ts'

const READERS: readonly Role[] = [...COORDINATORS, 'auditor']

export function viewRoutes(app: App, { log }: Context): void {
  const all = log.db.prepare<[string], { name: string; address: string }>(
    'SELECT name, address FROM saved_view WHERE staff = ? ORDER BY name',
  )
  const clear = log.db.prepare('DELETE FROM saved_view WHERE staff = ?')
  const put = log.db.prepare('INSERT OR REPLACE INTO saved_view (staff, name, address) VALUES (?, ?, ?)')

  app.get('/api/views', { config: { may: READERS }, schema: { response: { 200: SavedViews } } }, (request) => ({
    views: all.all(personOf(request).staff),
  }))

  app.put('/api/views', { config: { may: READERS }, schema: { body: SavedViews, response: { 200: Done } } }, (request) => {
    const { staff } = personOf(request)
    log.write(() => {
      clear.run(staff)
      for (const { name, address } of request.body.views) put.run(staff, name, address)
    })
    return { ok: true as const }
  })
}
