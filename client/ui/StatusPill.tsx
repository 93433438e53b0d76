import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, TONE_ICON } from './Icon.tsx'
import styles from './StatusPill.module.css'
import type { Tone } from './tone.ts'

/** A state in a word or two, with a shape and a colour that say the same. */
export function StatusPill({ tone = 'calm', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={cx(styles.pill, tone !== 'calm' && styles[tone])}>
      <Icon name={TONE_ICON[tone]} size={12} />
      {children}
    </span>
  )
}
