import type { ReactNode } from 'react'
import { useWords } from '../../words/index.ts'
import tools from './Tools.module.css'

/** Chooses all rows that are shown, or none; with some chosen, how many, and what can be done with them. */
export function SelectAll({
  keys,
  chosen,
  picked,
  onChosen,
  children,
}: {
  /** The rows that are shown. */
  readonly keys: readonly string[]
  readonly chosen: ReadonlySet<string>
  /** How many rows what is done is for, shown or not. */
  readonly picked: number
  readonly onChosen: (chosen: ReadonlySet<string>) => void
  readonly children: ReactNode
}) {
  const words = useWords()
  const isAll = keys.length > 0 && keys.every((key) => chosen.has(key))
  return (
    <div className={`${tools.inline} ${tools.acts}`}>
      <label className={tools.pick}>
        <input type="checkbox" checked={isAll} onChange={() => onChosen(isAll ? new Set() : new Set([...chosen, ...keys]))} />
        {words.desk.selectAll}
      </label>
      {picked > 0 && (
        <>
          <span className="quiet" role="status">
            {words.desk.chosen(picked)}
          </span>
          {children}
        </>
      )}
    </div>
  )
}
