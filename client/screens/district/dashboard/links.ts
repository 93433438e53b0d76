import type { BehindQuery, Part } from '../../../../shared/api/totals.ts'

/** Figures that are worked out of others: behind hours stand the sessions, behind ADA and money the days recovered. */
const BEHIND = { hours: 'sessions', ada: 'claimed', money: 'claimed' } as const
export type OpenedFigure = BehindQuery['figure'] | keyof typeof BEHIND
const isWorkedOut = (figure: string | null): figure is keyof typeof BEHIND => figure !== null && figure in BEHIND

/** Under which figure an address of `behindHref` is read, when it is not the one that is asked for. */
export const namedIn = (params: URLSearchParams): keyof typeof BEHIND | undefined => {
  const named = params.get('as')
  return isWorkedOut(named) ? named : undefined
}

/** The address of what stands behind a figure. */
export function behindHref(figure: OpenedFigure, site: string, part?: Part, key?: string): string {
  const query = isWorkedOut(figure) ? new URLSearchParams({ figure: BEHIND[figure], as: figure }) : new URLSearchParams({ figure })
  if (site !== '') query.set('site', site)
  if (part !== undefined && key !== undefined) {
    query.set('part', part)
    query.set('key', key)
  }
  return `/overview/behind?${query}`
}
