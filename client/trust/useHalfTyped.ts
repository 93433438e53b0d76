import { useState } from 'react'
import type { StaffId } from '../../shared/ids.ts'
import { useAccount, useDevice } from '../log/useAttendance.ts'
import type { Fields } from './halfTyped.ts'
import { dropHalfTyped, keepHalfTyped, readHalfTyped } from './halfTyped.ts'

/**
 * The fields of a form that comes back filled when it is opened again after a reload. `form` names it and what it is about; `empty` is what
 * it begins with. `done` ends it, whether it was sent or given up.
 */
export function useHalfTyped<T extends Fields>(
  form: string,
  empty: T,
): { readonly fields: T; readonly set: (change: Partial<T>) => void; readonly done: () => void } {
  const { store } = useDevice()
  const person = useAccount()?.me.staff ?? ('' as StaffId)
  const [fields, setFields] = useState<T>(() => ({ ...empty, ...readHalfTyped(person, form, store.now()) }))
  return {
    fields,
    set(change) {
      const next = { ...fields, ...change }
      setFields(next)
      if (Object.keys(next).every((name) => next[name] === (empty[name] ?? ''))) dropHalfTyped(person, form)
      else keepHalfTyped(person, form, next, store.now())
    },
    done() {
      dropHalfTyped(person, form)
      setFields(empty)
    },
  }
}
