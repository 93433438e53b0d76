import { useVirtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Fewer rows are simply drawn: the browser's own find and print then reach all of them. */
const DRAW_ALL = 150
const ROW = 41

/** Which rows of a long list are drawn, and the empty space before and after them. On paper all of them are. */
export function useWindow(count: number, region: RefObject<HTMLDivElement | null>) {
  const printing = usePrinting()
  const all = printing || count <= DRAW_ALL
  const virtual = useVirtualizer({ count, enabled: !all, getScrollElement: () => region.current, estimateSize: () => ROW, overscan: 12 })
  if (all) return { first: 0, until: count, before: 0, after: 0, reveal: () => {}, measure: undefined }
  const items = virtual.getVirtualItems()
  const first = items[0]
  const last = items[items.length - 1]
  return {
    first: first?.index ?? 0,
    until: last ? last.index + 1 : 0,
    before: first?.start ?? 0,
    after: last ? virtual.getTotalSize() - last.end : virtual.getTotalSize(),
    reveal: (index: number) => virtual.scrollToIndex(index),
    /** Tells how high a row came out; a row names itself by `data-index`. */
    measure: virtual.measureElement,
  }
}

function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    // The page is put on paper as soon as the handler returns: what is to be printed must be drawn by then.
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing
}
