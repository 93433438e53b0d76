/** Saved views of the merged roster: filter, sorting and columns under a name. Pure. */
import { ROSTER_SHOWS, ROSTER_SORTS, type RosterShow, type RosterSort } from '../../../../shared/api/totals.ts'
import type { SavedViews } from '../../../../shared/api/views.ts'

export const COLUMNS = [
  'number',
  'ssid',
  'grade',
  'site',
  'absences',
  'hours',
  'earned',
  'pending',
  'claimable',
  'banked',
  'beyond',
  'left',
  'came',
  'lastCame',
  'state',
] as const
export type RosterColumn = (typeof COLUMNS)[number]
export const FIRST_COLUMNS: readonly RosterColumn[] = [
  ...(['number', 'grade', 'site', 'absences', 'hours', 'earned', 'pending', 'claimable', 'banked', 'left', 'state'] as const),
]

export interface RosterView {
  readonly find: string
  readonly site: string
  readonly grade: string
  readonly show: RosterShow | ''
  readonly sort: RosterSort
  readonly descending: boolean
  readonly columns: readonly RosterColumn[]
}
export interface SavedView extends RosterView {
  readonly name: string
}

/** A view out of the address; what the address does not say is as it is at first. */
export function viewOf(params: URLSearchParams): RosterView {
  const columns = params.get('columns')?.split(',') ?? FIRST_COLUMNS
  return {
    find: params.get('find') ?? '',
    site: params.get('site') ?? '',
    grade: params.get('grade') ?? '',
    show:
      ROSTER_SHOWS.find((show) => show === params.get('show')) ??
      (params.has('attention') ? 'attention' : params.has('started') ? 'started' : ''),
    sort: ROSTER_SORTS.find((sort) => sort === params.get('sort')) ?? 'student',
    descending: params.has('descending'),
    columns: COLUMNS.filter((column) => columns.includes(column)),
  }
}

/** The same view as an address. */
export function addressOf(view: RosterView): URLSearchParams {
  const params = new URLSearchParams()
  for (const name of ['find', 'site', 'grade', 'show'] as const) if (view[name] !== '') params.set(name, view[name])
  if (view.sort !== 'student') params.set('sort', view.sort)
  if (view.descending) params.set('descending', '1')
  if (view.columns.join() !== FIRST_COLUMNS.join()) params.set('columns', view.columns.join(','))
  return params
}

/** What the server is asked for a view. */
export function queryOf(view: RosterView, pages: number): string {
  const params = addressOf(view)
  params.delete('columns')
  if (pages > 1) params.set('pages', String(pages))
  return params.toString()
}

/** The views that are kept, from what the server keeps of them. */
export const viewsOf = ({ views }: SavedViews): readonly SavedView[] =>
  views.map(({ name, address }) => ({ name, ...viewOf(new URLSearchParams(address)) }))

/** The same as the server keeps them. */
export const textsOf = (views: readonly SavedView[]): SavedViews => ({
  views: views.map((view) => ({ name: view.name, address: addressOf(view).toString() })),
})
