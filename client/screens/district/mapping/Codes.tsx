import { useState } from 'react'
import { CODE_PATTERNS, codesFor, type Sis } from '../../../../shared/report/writeBack/layouts.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Card } from '../../../ui/Card.tsx'
import { TextField } from '../../../ui/Field.tsx'
import { useWords } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { usePut } from '../reports/usePut.ts'
import { useSchools } from '../useSchools.ts'

/** What the district's system calls these things: codes, and the schools' numbers where they differ. */
export function Codes({
  sis,
  codes,
  onSaved,
}: {
  readonly sis: Sis
  readonly codes: Readonly<Record<string, string>>
  readonly onSaved: () => void
}) {
  const words = useWords()
  const w = words.reports.sis
  const sites = useSchools()
  const [typed, setTyped] = useState(codes)
  const [saved, setSaved] = useState(false)
  const { busy, problem, put } = usePut(onSaved)
  const set = (name: string, value: string) => {
    setSaved(false)
    setTyped((was) => ({ ...was, [name]: value.trim() }))
  }
  const keep = async () => {
    const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''))
    setSaved(await put({ kind: 'mapping', ended: false, body: { sis, codes: filled } }))
  }
  return (
    <Card title={w.codesTitle} sub={w.codesSub}>
      <div className={styles.form}>
        <div className={styles.pair}>
          {codesFor(sis).map((code) => {
            const value = typed[code] ?? ''
            return (
              <TextField
                key={code}
                label={w.codes[code]}
                hint={w.codeHints[code]}
                error={value !== '' && !CODE_PATTERNS[code].test(value) ? w.faults.badCode : undefined}
                value={value}
                onValue={(text) => set(code, text)}
                maxLength={30}
              />
            )
          })}
        </div>
        <details>
          <summary>{w.schools}</summary>
          <div className={styles.pair}>
            {sites.map((site) => (
              <TextField
                key={site.id}
                label={w.school(site.name)}
                hint={w.schoolHint}
                value={typed[`school:${site.id}`] ?? ''}
                onValue={(text) => set(`school:${site.id}`, text)}
                maxLength={10}
              />
            ))}
          </div>
        </details>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        <div className={styles.inline}>
          <Button look="primary" busy={busy} onClick={keep}>
            {words.common.save}
          </Button>
          {saved && <span role="status">{words.common.saved}</span>}
        </div>
      </div>
    </Card>
  )
}
