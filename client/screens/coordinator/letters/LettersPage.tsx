import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { Done } from '../../../../shared/api.ts'
import type { LetterKind } from '../../../../shared/api/followUps.ts'
import { LETTERS, LettersReply } from '../../../../shared/api/followUps.ts'
import type { SiteId, StudentId } from '../../../../shared/ids.ts'
import { as } from '../../../../shared/ids.ts'
import { topic } from '../../../log/topics.ts'
import { useAccount, useDevice, useLedger } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button, buttonClass } from '../../../ui/Button.tsx'
import { Stack } from '../../../ui/Card.tsx'
import { Select } from '../../../ui/Field.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { EmptyState, ErrorNote } from '../../../ui/States.tsx'
import type { Language } from '../../../words/index.ts'
import { useLanguage, useWords, WORDS } from '../../../words/index.ts'
import { mayWord } from '../../desk/may.ts'
import { Tools } from '../../desk/Tools.tsx'
import { useOrder } from '../../desk/useOrder.ts'
import { useReply } from '../../desk/useReply.ts'
import { AtSite } from '../SitePicker.tsx'
import { Letter } from './Letter.tsx'
import styles from './Letters.module.css'
import { valuesFor } from './merge.ts'
import { WordingDialog } from './WordingDialog.tsx'
import { PrintButton } from '../../desk/PrintButton.tsx'

/** Letters to the families of the students chosen, as they will stand on paper. The browser prints them, or saves them as PDF. */
export function LettersPage() {
  const words = useWords()
  const w = words.followUp.letters
  const [params] = useSearchParams()
  const students = (params.get('students') ?? '').split(',').filter((id) => id !== '')
  return (
    <>
      <div className="noPrint">
        <PageHeader title={w.title} sub={students.length > 0 && w.sub(students.length)} />
      </div>
      <AtSite>{(site) => <Letters site={site.id} students={students.map((id) => as<StudentId>(id))} />}</AtSite>
    </>
  )
}

type LanguageChoice = Language | 'both'

function Letters({ site, students }: { readonly site: SiteId; readonly students: readonly StudentId[] }) {
  const words = useWords()
  const w = words.followUp.letters
  const screen = useLanguage()
  const { store } = useDevice()
  const account = useAccount()
  const ledger = useLedger(topic.students)
  const { asked, reload } = useReply(LettersReply, '/api/letters')
  const { busy, problem, send } = useOrder()
  const [kind, setKind] = useState<LetterKind>('invite')
  const [choice, setChoice] = useState<LanguageChoice>('both')
  const [changing, setChanging] = useState<Language>()
  const [noted, setNoted] = useState(false)
  if (students.length === 0)
    return (
      <EmptyState
        title={w.none}
        action={
          <Link className={buttonClass({ look: 'primary' })} href="/site/follow-up">
            {w.toFollowUp}
          </Link>
        }
      >
        {w.noneText}
      </EmptyState>
    )
  const languages: readonly Language[] = choice === 'both' ? ['en', 'es'] : [choice]
  const own = (language: Language) =>
    asked.kind === 'ok' ? asked.value.templates.find((one) => one.kind === kind && one.language === language) : undefined
  const textOf = (language: Language) => own(language) ?? WORDS[language].followUp.letters.templates[kind]
  const note = async () => {
    const entries = students.map((student) => ({ student, site, kind: 'letter' as const, text: w.names[kind] }))
    if (await send(() => api(Done, 'POST', '/api/follow-ups', { entries }))) setNoted(true)
  }
  const language = choice === 'both' ? screen : choice
  const worded = own(language)
  return (
    <Stack>
      <div className="noPrint">
        <Tools>
          <Select<LetterKind>
            label={w.which}
            hideLabel
            value={kind}
            onValue={(next) => {
              setKind(next)
              setNoted(false)
            }}
            options={LETTERS.map((value) => ({ value, label: w.names[value] }))}
          />
          <Select<LanguageChoice>
            label={w.language}
            hideLabel
            value={choice}
            onValue={setChoice}
            options={(['both', 'en', 'es'] as const).map((value) => ({ value, label: w.languages[value] }))}
          />
          <PrintButton look="primary">{w.print}</PrintButton>
          <Button busy={busy} cannot={noted ? w.noted : undefined} onClick={note}>
            {w.note(students.length)}
          </Button>
          {account && mayWord(account.me.role) && asked.kind === 'ok' && <Button onClick={() => setChanging(language)}>{w.change}</Button>}
        </Tools>
        {problem && <ErrorNote message={problem} />}
        {noted && (
          <Banner tone="good" live="polite">
            {w.noted}
          </Banner>
        )}
        {worded && <p className="quiet">{w.own(worded.byName, words.format.dateTime(worded.at, store.zone()))}</p>}
      </div>
      <div className={styles.letters}>
        {students.flatMap((student) =>
          languages.map((each) => (
            <Letter
              key={`${student} ${each}`}
              language={each}
              {...textOf(each)}
              values={valuesFor(WORDS[each], ledger, student, { site, today: store.today(), signed: account?.me.name ?? '' })}
            />
          )),
        )}
      </div>
      {changing && (
        <WordingDialog
          key={`${kind} ${changing}`}
          kind={kind}
          language={changing}
          held={textOf(changing)}
          isOwn={own(changing) !== undefined}
          onClose={() => setChanging(undefined)}
          onSaved={() => {
            setChanging(undefined)
            reload()
          }}
        />
      )}
    </Stack>
  )
}
