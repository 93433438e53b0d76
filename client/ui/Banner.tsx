import type { ReactNode } from 'react'
import styles from './Banner.module.css'
import { cx } from './cx.ts'
import { Icon, TONE_ICON } from './Icon.tsx'
import type { Tone } from './tone.ts'

/** Something to know on this screen. `live` reads it out when it appears: `assertive` only for what must not be missed. */
export function Banner({
  tone = 'calm',
  title,
  live,
  actions,
  children,
}: {
  readonly tone?: Tone
  readonly title?: string
  readonly live?: 'polite' | 'assertive'
  readonly actions?: ReactNode
  readonly children?: ReactNode
}) {
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined
  return (
    <div role={role} className={cx(styles.banner, tone !== 'calm' && styles[tone])}>
      <Icon name={tone === 'calm' ? 'info' : TONE_ICON[tone]} size={18} />
      <div className={styles.body}>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
