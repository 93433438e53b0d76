import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { Role } from '../../../shared/api/people.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { Card, Stack } from '../../ui/Card.tsx'
import { Chip, Chips } from '../../ui/Chip.tsx'
import { FindField } from '../../ui/Field.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { finds } from '../../../shared/finding.ts'
import { GUIDE, type Reader } from '../../words/guide.ts'
import { useLanguage, useWords } from '../../words/index.ts'
import styles from './Help.module.css'
import { readerOf } from './readerOf.ts'

const READERS: readonly Reader[] = ['teacher', 'coordinator', 'district']

/** The guide: short topics, found as one types, for one's own role first. On the device, so it answers without a network. */
export function HelpPage({ role }: { readonly role: Role }) {
  const guide = GUIDE[useLanguage()]
  const [params, setParams] = useSearchParams()
  const [find, setFind] = useState('')
  const [reader, setReader] = useState<Reader | null>(readerOf(role))
  const shown = guide.topics.filter(
    (topic) =>
      (find.trim() !== '' || reader === null || topic.readers.includes(reader)) &&
      finds(`${topic.title} ${topic.steps.join(' ')}`, find.trim()),
  )
  return (
    <>
      <PageHeader
        title={guide.title}
        sub={guide.sub}
        actions={<Button onClick={() => setParams({ tour: '1' }, { replace: true })}>{guide.tour.again}</Button>}
      />
      {params.has('tour') && <Tour reader={readerOf(role)} onEnd={() => setParams({}, { replace: true })} />}
      <Stack>
        <div className={styles.tools}>
          <FindField label={guide.find} value={find} onValue={setFind} />
          <Chips label={guide.whose}>
            <Chip on={reader === null} onToggle={() => setReader(null)}>
              {guide.all}
            </Chip>
            {READERS.map((one) => (
              <Chip key={one} on={reader === one} onToggle={() => setReader(one)}>
                {guide.readers[one]}
              </Chip>
            ))}
          </Chips>
        </div>
        {shown.length === 0 && <EmptyState title={guide.none}>{guide.noneText}</EmptyState>}
        <div className={styles.topics}>
          {shown.map((topic) => (
            <article key={topic.id} id={topic.id} className={styles.topic}>
              <h2>{topic.title}</h2>
              <ol>
                {topic.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </article>
          ))}
        </div>
      </Stack>
    </>
  )
}

/** The first steps, one at a time; they can be left at any moment. */
function Tour({ reader, onEnd }: { readonly reader: Reader; readonly onEnd: () => void }) {
  const { tour } = GUIDE[useLanguage()]
  const words = useWords()
  const [at, setAt] = useState(0)
  const steps = tour.steps[reader]
  const step = steps[at]
  if (!step) return null
  const isLast = at === steps.length - 1
  return (
    <div className={styles.tour} aria-live="polite">
      <Card title={`${tour.title}: ${step.title}`} sub={tour.step(at + 1, steps.length)}>
        <p>{step.text}</p>
        <div className={styles.acts}>
          {isLast ? (
            <Link className={buttonClass({ look: 'primary' })} href="/">
              {tour.done}
            </Link>
          ) : (
            <Button look="primary" onClick={() => setAt(at + 1)}>
              {words.common.next}
            </Button>
          )}
          {at > 0 && <Button onClick={() => setAt(at - 1)}>{words.common.back}</Button>}
          <Button look="quiet" onClick={onEnd}>
            {tour.skip}
          </Button>
        </div>
      </Card>
    </div>
  )
}
