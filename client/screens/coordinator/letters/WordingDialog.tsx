import { Done } from '../../../../shared/api.ts'
import type { LetterKind } from '../../../../shared/api/followUps.ts'
import { api } from '../../../sync/http.ts'
import { useHalfDone } from '../../../trust/useHalfDone.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../../ui/Field.tsx'
import { HalfDoneNote } from '../../../ui/HalfDoneNote.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import { MERGE_FIELDS } from '../../../words/letters.ts'
import type { Language } from '../../../words/index.ts'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { useOrder } from '../../desk/useOrder.ts'
import styles from './Letters.module.css'
import { unknownFields } from './merge.ts'

/** Changes the wording of one letter in one language for the whole district; every earlier wording stays kept. */
export function WordingDialog({
  kind,
  language,
  held,
  isOwn,
  onClose,
  onSaved,
}: {
  readonly kind: LetterKind
  readonly language: Language
  readonly held: { readonly title: string; readonly body: string }
  /** Whether the district worded it itself. */
  readonly isOwn: boolean
  readonly onClose: () => void
  readonly onSaved: () => void
}) {
  const words = useWords()
  const w = words.followUp.letters
  const { busy, problem, send } = useOrder()
  const half = useHalfDone(`letter.${kind}.${language}`, { title: held.title, body: held.body })
  const { title, body } = half.draft
  const unknown = unknownFields(`${title} ${body}`)
  const save = async (text: { readonly title: string; readonly body: string }) => {
    if (!(await send(() => api(Done, 'PUT', '/api/letters', { kind, language, ...text })))) return
    half.done()
    onSaved()
  }
  return (
    <Dialog
      title={w.changeTitle(w.names[kind], w.languages[language])}
      wide
      onClose={() => {
        half.done()
        onClose()
      }}
      actions={
        <>
          {isOwn && (
            <Button busy={busy} onClick={() => save({ title: '', body: '' })}>
              {w.reset}
            </Button>
          )}
          <Button
            look="primary"
            busy={busy}
            cannot={body.trim() === '' ? words.followUp.case.needText : undefined}
            onClick={() => save({ title, body })}
          >
            {words.common.save}
          </Button>
        </>
      }
    >
      <HalfDoneNote of={half} />
      {problem && <ErrorNote message={problem} />}
      <div className={tools.form}>
        <TextField label={w.titleField} value={title} onValue={(next) => half.change({ title: next })} maxLength={200} lang={language} />
        <TextArea
          label={w.bodyField}
          value={body}
          onValue={(next) => half.change({ body: next })}
          rows={12}
          maxLength={6000}
          lang={language}
          error={unknown.length > 0 ? w.unknown(unknown.join(', ')) : undefined}
        />
        <details>
          <summary>{w.fields}</summary>
          <dl className={styles.fields}>
            {MERGE_FIELDS.map((field) => (
              <div key={field}>
                <dt>
                  <code>{`{{${field}}}`}</code>
                </dt>
                <dd className="quiet">{w.mergeFields[field]}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </Dialog>
  )
}
