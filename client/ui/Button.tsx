import type { ComponentPropsWithRef, ReactNode } from 'react'
import { useId } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger'

interface Look {
  readonly look?: ButtonLook
  /** Large: at least 48 px high, for a finger. */
  readonly large?: boolean
  readonly wide?: boolean
}

/** The look of a button for something that is a link. */
export const buttonClass = ({ look = 'plain', large = false, wide = false }: Look = {}): string =>
  cx(styles.button, look !== 'plain' && styles[look], large && styles.large, wide && styles.wide)

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'>, Look {
  /** Why the button cannot act now, as a sentence. It stays reachable by keyboard and says so. */
  readonly cannot?: string | undefined
  /** Whether the reason is also shown under the button, not only read out and shown as a tip. */
  readonly showWhy?: boolean
  /** The act is under way over the network: a second press does nothing. Never for anything local. */
  readonly busy?: boolean
  readonly children: ReactNode
}

/** A button. It is never silently disabled: `cannot` says why. */
export function Button({ look, large, wide, cannot, showWhy = false, busy = false, className, onClick, children, ...rest }: ButtonProps) {
  const why = useId()
  const idle = cannot !== undefined || busy
  return (
    <>
      <button
        type="button"
        {...rest}
        className={cx(
          buttonClass({ ...(look && { look }), ...(large && { large }), ...(wide && { wide }) }),
          busy && styles.busy,
          className,
        )}
        aria-disabled={idle || undefined}
        aria-busy={busy || undefined}
        aria-describedby={cannot === undefined ? rest['aria-describedby'] : why}
        title={showWhy ? rest.title : (cannot ?? rest.title)}
        onClick={idle ? (event) => event.preventDefault() : onClick}
      >
        {children}
      </button>
      {cannot !== undefined && (
        <span id={why} className={showWhy ? styles.why : 'visuallyHidden'}>
          {cannot}
        </span>
      )}
    </>
  )
}
