import type { KeyboardEvent } from 'react'

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Arrow keys, Home and End go from a row's button to the same button of another row, so that thirty students are not sixty tabs. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const row = event.target instanceof HTMLElement ? event.target.closest('li') : null
  if (!step || !row) return
  const rows = [...event.currentTarget.children]
  const which = [...row.querySelectorAll('button')].findIndex((button) => button === event.target)
  const next = rows[step(rows.indexOf(row), rows.length)]?.querySelectorAll('button')[which]
  if (!next) return
  event.preventDefault()
  next.focus()
}
