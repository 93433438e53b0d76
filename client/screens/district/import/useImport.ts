import { useEffect, useRef, useState } from 'react'
import { Done } from '../../../../shared/api.ts'
import { ImportOpened, ImportReply, type ImportSource } from '../../../../shared/api/registry.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { api } from '../../../sync/http.ts'
import { useOrder } from '../../desk/useOrder.ts'

/** Where an import stands. Each step holds what the next one needs, so that none can be reached too early. */
export type Stage =
  | { readonly at: 'choose' }
  | { readonly at: 'files'; readonly source: ImportSource }
  | { readonly at: 'uploading'; readonly source: ImportSource; readonly n: number; readonly of: number; readonly name: string }
  | { readonly at: 'reading' }
  | { readonly at: 'preview'; readonly source: ImportSource; readonly reply: ImportReply }
  | { readonly at: 'committing'; readonly source: ImportSource; readonly reply: ImportReply }
  | { readonly at: 'done'; readonly reply: ImportReply }

/** Sends the files, has them compared with what is there, and imports them when the person says so. */
export function useImport() {
  const [stage, setStage] = useState<Stage>({ at: 'choose' })
  const { problem, setProblem, send } = useOrder()
  const { sync } = useDevice()
  /** What the server holds of this person's for nothing once the screen is left. */
  const held = useRef<string>(undefined)

  /** Nobody waits for the answer: what the server does not hear of, it forgets by itself. */
  const leave = () => {
    if (held.current !== undefined) void api(Done, 'DELETE', `/api/imports/${encodeURIComponent(held.current)}`)
    held.current = undefined
  }
  useEffect(() => leave, [])
  const back = (source: ImportSource) => {
    leave()
    setStage({ at: 'files', source })
  }

  const read = async (source: ImportSource, files: readonly File[]) => {
    const opened = await send(() => api(ImportOpened, 'POST', '/api/imports', {}))
    if (!opened) return
    held.current = opened.import
    for (const [i, file] of files.entries()) {
      setStage({ at: 'uploading', source, n: i + 1, of: files.length, name: file.name })
      const path = `/api/imports/${opened.import}/files/${encodeURIComponent(file.name)}`
      if (!(await send(() => api(Done, 'PUT', path, file)))) return back(source)
    }
    setStage({ at: 'reading' })
    const reply = await send(() => api(ImportReply, 'POST', `/api/imports/${opened.import}/preview`, { source }))
    if (!reply) return back(source)
    setStage({ at: 'preview', source, reply })
  }

  const commit = async (source: ImportSource, previewed: ImportReply, allOrNothing: boolean) => {
    setStage({ at: 'committing', source, reply: previewed })
    held.current = undefined
    const reply = await send(() => api(ImportReply, 'POST', `/api/imports/${previewed.import}/commit`, { source, allOrNothing }))
    if (!reply?.committed) held.current = previewed.import
    // What was imported reaches this device like any other: by the next pull, which need not wait for its turn.
    if (reply?.committed) void sync.now()
    setStage(reply ? { at: 'done', reply } : { at: 'preview', source, reply: previewed })
  }

  const go = (to: Extract<Stage, { at: 'choose' | 'files' }>) => {
    leave()
    setProblem(undefined)
    setStage(to)
  }
  return { stage, problem, go, read, commit }
}
