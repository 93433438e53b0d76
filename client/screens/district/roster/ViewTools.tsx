import { useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import { SavedViews } from '../../../../shared/api/views.ts'
import { api } from '../../../sync/http.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Checkbox, Select, TextField } from '../../../ui/Field.tsx'
import { ErrorNote } from '../../../ui/States.tsx'
import { useWords } from '../../../words/index.ts'
import tools from '../../desk/Tools.module.css'
import { headsOf } from './columns.tsx'
import { useOrder } from '../../desk/useOrder.ts'
import { useReply } from '../../desk/useReply.ts'
import { COLUMNS, type RosterView, type SavedView, textsOf, viewsOf } from './views.ts'

/** Which columns are shown, and views kept under a name. */
export function ViewTools({ view, onView }: { readonly view: RosterView; readonly onView: (view: RosterView) => void }) {
  const words = useWords()
  const w = words.dashboard.roster
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const { asked, reload } = useReply(SavedViews, '/api/views')
  const { busy, problem, send } = useOrder()
  const views = asked.kind === 'ok' ? viewsOf(asked.value) : []
  const heads = headsOf(words)
  const keep = async (next: readonly SavedView[]): Promise<boolean> => {
    const done = await send(() => api(Done, 'PUT', '/api/views', textsOf(next)))
    if (done) reload()
    return done !== undefined
  }
  const save = async () => {
    setTried(true)
    const given = name.trim()
    if (given === '') return
    if (!(await keep([...views.filter((one) => one.name !== given), { ...view, name: given }]))) return
    setName('')
    setTried(false)
    setOpen(false)
  }
  return (
    <>
      {views.length > 0 && (
        <Select
          label={w.views}
          hideLabel
          value=""
          onValue={(chosen) => {
            const found = views.find((one) => one.name === chosen)
            if (found) onView(found)
          }}
          options={[{ value: '', label: w.noView }, ...views.map((one) => ({ value: one.name, label: one.name }))]}
        />
      )}
      <Button onClick={() => setOpen(true)}>{w.columns}</Button>
      {open && (
        <Dialog
          title={w.columnsTitle}
          onClose={() => setOpen(false)}
          actions={<Button onClick={() => setOpen(false)}>{words.common.done}</Button>}
        >
          <div className={tools.form}>
            <fieldset className={tools.pair} aria-label={w.columnsTitle}>
              {COLUMNS.map((column) => (
                <Checkbox
                  key={column}
                  label={heads[column]}
                  checked={view.columns.includes(column)}
                  onChecked={(on) =>
                    onView({ ...view, columns: COLUMNS.filter((one) => (one === column ? on : view.columns.includes(one))) })
                  }
                />
              ))}
            </fieldset>
            <div className={tools.inline}>
              <TextField
                label={w.viewName}
                value={name}
                onValue={setName}
                maxLength={60}
                error={tried && name.trim() === '' ? w.needName : undefined}
              />
              <Button look="primary" busy={busy} onClick={save}>
                {w.saveView}
              </Button>
            </div>
            {problem && <ErrorNote message={problem} />}
            <p className="quiet">{w.savedHere}</p>
            {views.map((one) => (
              <div key={one.name} className={tools.inline}>
                <strong>{one.name}</strong>
                <Button
                  look="quiet"
                  aria-label={`${w.forget}: ${one.name}`}
                  onClick={() => void keep(views.filter((other) => other.name !== one.name))}
                >
                  {w.forget}
                </Button>
              </div>
            ))}
          </div>
        </Dialog>
      )}
    </>
  )
}
