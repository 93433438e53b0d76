import { useEffect } from 'react'
import { Link } from 'wouter'
import { Banner } from '../../../ui/Banner.tsx'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Card, Stack } from '../../../ui/Card.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Loading } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import styles from './Import.module.css'
import { ChooseFiles } from './ChooseFiles.tsx'
import { ChooseSource } from './ChooseSource.tsx'
import { countsOf } from './counts.ts'
import { Preview } from './Preview.tsx'
import { ReportTables } from './ReportTables.tsx'
import type { Stage } from './useImport.ts'
import { useImport } from './useImport.ts'

const STEP: Readonly<Record<Stage['at'], number>> = { choose: 0, files: 1, uploading: 1, reading: 2, preview: 2, committing: 2, done: 3 }

/** Brings files of the student information system in: choose, send, see what would change, import. */
export function ImportPage() {
  const words = useWords()
  const w = words.district.imports
  const { stage, problem, go, read, commit } = useImport()
  // Each step begins at its top, whatever was scrolled to in the one before.
  useEffect(() => {
    document.documentElement.scrollTop = 0
  }, [stage.at])
  return (
    <>
      <PageHeader title={w.title} sub={w.sub} />
      <ol className={styles.steps}>
        {w.steps.map((name, i) => (
          <li key={name} data-n={i + 1} aria-current={i === STEP[stage.at] ? 'step' : undefined}>
            {name}
          </li>
        ))}
      </ol>
      <Stack>
        {problem && (
          <Banner tone="stop" live="assertive">
            {problem}
          </Banner>
        )}
        {stage.at === 'choose' && <ChooseSource onSource={(source) => go({ at: 'files', source })} />}
        {stage.at === 'files' && (
          <ChooseFiles source={stage.source} onBack={() => go({ at: 'choose' })} onFiles={(files) => read(stage.source, files)} />
        )}
        {stage.at === 'uploading' && (
          <Card>
            <label>
              <span role="status">{w.uploading(stage.n, stage.of, stage.name)}</span>
              <progress className={styles.bar} value={stage.n - 1} max={stage.of} />
            </label>
          </Card>
        )}
        {stage.at === 'reading' && <Loading>{w.reading}</Loading>}
        {(stage.at === 'preview' || stage.at === 'committing') && (
          <Preview
            source={stage.source}
            report={stage.reply.report}
            busy={stage.at === 'committing'}
            onBack={() => go({ at: 'files', source: stage.source })}
            onCommit={(allOrNothing) => commit(stage.source, stage.reply, allOrNothing)}
          />
        )}
        {stage.at === 'done' && <Result stage={stage} onAgain={() => go({ at: 'choose' })} />}
      </Stack>
    </>
  )
}

function Result({ stage, onAgain }: { readonly stage: Extract<Stage, { at: 'done' }>; readonly onAgain: () => void }) {
  const words = useWords()
  const w = words.district.imports
  const { added, changed, ended } = countsOf(stage.reply.report)
  const did = stage.reply.committed && added + changed + ended > 0
  return (
    <>
      <Banner tone={did ? 'good' : 'accent'} live="polite" title={did ? w.doneTitle : w.nothingDone}>
        {did && w.doneText(added, changed, ended)}
      </Banner>
      <div>
        <Link className={buttonClass({ look: 'primary' })} href="/registry">
          {w.toOverview}
        </Link>{' '}
        <Button onClick={onAgain}>{w.again}</Button>
      </div>
      <ReportTables title={w.resultTitle} report={stage.reply.report} />
    </>
  )
}
