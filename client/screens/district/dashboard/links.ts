import type { BehindQuery, Part } from '../../../../shared/api/totals.ts'

/** The address of what stands behind a figure. */
export function behindHref(figure: BehindQuery['figure'], site: string, part?: Part, key?: string): string {
  const query = new URLSearchParams({ figure })
  if (site !== '') query.set('site', site)
  if (part !== undefined && key !== undefined) {
    query.set('part', part)
    query.set('key', key)
  }
  return `/overview/behind?${query}`
}
