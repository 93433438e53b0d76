import { Link } from 'wouter'
import { useAccount, useSyncState } from '../../log/useAttendance.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Loading } from '../../ui/States.tsx'
import { useWords } from '../../words/index.ts'

/** A session that this device does not hold; while a school is being fetched it may be on its way. */
export function NotHere() {
  const words = useWords()
  const { busy, site } = useSyncState()
  const isWide = useAccount()?.me.districtWide === true
  if (isWide && busy && site === null) return <Loading />
  return (
    <PageHeader
      title={words.teacher.notOnDevice}
      sub={words.teacher.notOnDeviceText}
      actions={
        <Link href="/" className={buttonClass({ large: true })}>
          {words.teacher.home}
        </Link>
      }
    />
  )
}
