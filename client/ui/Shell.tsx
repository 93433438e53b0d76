import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { Mark } from './Mark.tsx'
import styles from './Shell.module.css'

/** The frame of a desk: links at the left (above, on a phone), who is here and how things stand at the top, the page in the middle. */
export function Shell({
  navLabel,
  groups,
  top,
  children,
}: {
  readonly navLabel: string
  /** Links under headings, with `aria-current="page"` on the one that is shown. A single group needs no heading. */
  readonly groups: readonly {
    readonly key: string
    readonly head: string
    readonly links: readonly { readonly key: string; readonly link: ReactNode }[]
  }[]
  readonly top: ReactNode
  readonly children: ReactNode
}) {
  const words = useWords()
  const nav = useRef<HTMLElement>(null)
  const shown = useRef<Element>(null)
  useEffect(() => {
    // Only when another page is shown: whoever is looking along the links is not pulled back by what is drawn anew.
    const lit = nav.current?.querySelector('[aria-current="page"]') ?? null
    if (lit !== shown.current) bringIntoSight(nav.current)
    shown.current = lit
  })
  useEffect(() => {
    const onResize = () => bringIntoSight(nav.current)
    window.addEventListener('resize', onResize)
    return () => window.removeEventListener('resize', onResize)
  }, [])
  return (
    <div className={styles.shell}>
      <a className="skipLink" href="#main">
        {words.common.skipToContent}
      </a>
      <header className={styles.top}>
        <span className={styles.brand}>
          <Mark />
          {words.common.appName}
        </span>
        {top}
      </header>
      <nav ref={nav} className={styles.side} aria-label={navLabel}>
        <span className={styles.brand}>
          <Mark />
          {words.common.appName}
        </span>
        {groups.map(({ key, head, links }) => (
          <div key={key} className={styles.group}>
            {groups.length > 1 && <span className={styles.head}>{head}</span>}
            <ul aria-label={groups.length > 1 ? head : undefined}>
              {links.map((each) => (
                <li key={each.key}>{each.link}</li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  )
}

/** On a phone the links are one line that scrolls: the one of the page that is shown must be in sight. */
function bringIntoSight(side: HTMLElement | null): void {
  const lit = side?.querySelector<HTMLElement>('[aria-current="page"]')
  if (side && lit) side.scrollLeft = lit.offsetLeft - (side.clientWidth - lit.offsetWidth) / 2
}
