import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { Mark } from './Mark.tsx'
import styles from './Shell.module.css'

/** The frame of a desk: links at the left (above, on a phone), who is here and how things stand at the top, the page in the middle. */
export function Shell({
  navLabel,
  links,
  top,
  children,
}: {
  readonly navLabel: string
  /** Links, with `aria-current="page"` on the one that is shown. */
  readonly links: readonly { readonly key: string; readonly link: ReactNode }[]
  readonly top: ReactNode
  readonly children: ReactNode
}) {
  const words = useWords()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone the links are one line that scrolls: the one of the page that is shown must be in sight.
    const side = nav.current
    const lit = side?.querySelector<HTMLElement>('[aria-current="page"]')
    if (side && lit) side.scrollLeft = lit.offsetLeft - (side.clientWidth - lit.offsetWidth) / 2
  })
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
        <ul>
          {links.map(({ key, link }) => (
            <li key={key}>{link}</li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  )
}
