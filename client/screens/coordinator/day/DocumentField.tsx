import { useId, useState } from 'react'
import { DOCUMENT_TYPES, type DocumentPlace, DocumentView } from '../../../../shared/api/day.ts'
import { api } from '../../../sync/http.ts'
import { Select } from '../../../ui/Field.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import { useOrder } from '../../desk/useOrder.ts'
import styles from './Day.module.css'

/** Chooses the paper behind an entry: one that is kept already, or a photo or PDF that is kept now. */
export function DocumentField({
  place,
  known,
  value,
  onValue,
}: {
  readonly place: Omit<DocumentPlace, 'name'>
  readonly known: readonly DocumentView[]
  readonly value: DocumentView | null
  readonly onValue: (document: DocumentView | null) => void
}) {
  const words = useWords()
  const w = words.day.dialog
  const id = useId()
  const { busy, problem, send } = useOrder()
  const [added, setAdded] = useState<readonly DocumentView[]>([])
  const all = [...added, ...known.filter((one) => added.every((other) => other.id !== one.id))]
  const keep = async (file: File) => {
    const query = new URLSearchParams({ name: file.name.slice(0, 200), site: place.site })
    for (const part of ['session', 'section', 'on'] as const) if (place[part] !== undefined) query.set(part, place[part])
    const document = await send(() => api(DocumentView, 'PUT', `/api/documents?${query}`, file))
    if (!document) return
    setAdded((before) => [document, ...before])
    onValue(document)
  }
  return (
    <div className={styles.document}>
      {all.length > 0 && (
        <Select
          label={w.held}
          value={value?.id ?? ''}
          onValue={(chosen) => onValue(all.find((one) => one.id === chosen) ?? null)}
          options={[{ value: '', label: w.noDocument }, ...all.map((one) => ({ value: one.id, label: one.name }))]}
        />
      )}
      <div>
        <label htmlFor={id} className={styles.label}>
          {w.upload}
        </label>
        <input
          id={id}
          type="file"
          accept={DOCUMENT_TYPES.join(',')}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file) void keep(file)
          }}
        />
        <p id={`${id}-hint`} className="quiet">
          {w.documentHint}
        </p>
      </div>
      <p role="status" className={styles.kept}>
        {busy ? w.uploading : value ? w.kept(value.name, value.sha256.slice(0, 12)) : ''}
      </p>
      {problem && <ErrorNote message={problem} />}
    </div>
  )
}
