import type { KeyboardEvent, ReactNode } from 'react'
import { useRef, useState } from 'react'
import { Checkbox } from './Field.tsx'
import styles from './PickList.module.css'

export interface Pick<Id extends string> {
  readonly id: Id
  readonly label: ReactNode
  readonly hint?: string
}

/**
 * Many to choose among. For the keyboard it is one stop: the arrow keys, Home and End move inside it, Space chooses, Tab goes on;
 * with three hundred students a stop at each would be a wall.
 */
export function PickList<Id extends string>({
  label,
  items,
  picked,
  onPick,
}: {
  readonly label: string
  readonly items: readonly Pick<Id>[]
  readonly picked: ReadonlySet<Id>
  readonly onPick: (id: Id, on: boolean) => void
}) {
  const list = useRef<HTMLUListElement>(null)
  const [at, setAt] = useState(0)
  const stop = Math.min(at, items.length - 1)
  const move = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: stop + 1,
      ArrowRight: stop + 1,
      ArrowUp: stop - 1,
      ArrowLeft: stop - 1,
      Home: 0,
      End: items.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    list.current?.querySelectorAll('input')[Math.min(Math.max(to, 0), items.length - 1)]?.focus()
  }
  return (
    <ul ref={list} role="list" aria-label={label} className={styles.list} onKeyDown={move}>
      {items.map(({ id, label: text, hint }, i) => (
        <li key={id}>
          <Checkbox
            label={text}
            {...(hint && { hint })}
            tabIndex={i === stop ? 0 : -1}
            onFocus={() => setAt(i)}
            checked={picked.has(id)}
            onChecked={(on) => onPick(id, on)}
          />
        </li>
      ))}
    </ul>
  )
}
