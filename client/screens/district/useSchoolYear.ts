import { useSearchParams } from 'wouter'
import type { SchoolDate } from '../../../shared/time.ts'
import { useDevice } from '../../log/useAttendance.ts'
import { yearIn } from './schoolYear.ts'

/** The school year that a page is about: that in the address, or the one it begins with. Another is chosen beside what else stands there. */
export function useSchoolYear(begins: (today: SchoolDate) => number) {
  const { store } = useDevice()
  const [params, setParams] = useSearchParams()
  const today = store.today()
  const first = begins(today)
  const onYear = (next: number): void => {
    const address = new URLSearchParams(params)
    if (next === first) address.delete('year')
    else address.set('year', String(next))
    setParams(address, { replace: true })
  }
  return { year: yearIn(params, today) ?? first, first, today, onYear }
}
