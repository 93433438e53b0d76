import type { QuarantinedRow } from '../../../../shared/api/desk.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { useWords } from '../../../words/index.ts'
import { FIELDS, linesOf } from './linesOf.ts'
import styles from './SetAside.module.css'

/** What a record says; and when another stands in the log in its place, both side by side with what differs marked. */
export function Versions({ row }: { readonly row: QuarantinedRow }) {
  const words = useWords()
  const w = words.coordinator.setAside
  const { store } = useDevice()
  const zone = (row.site && store.ledger.site(row.site)?.zone) ?? store.zone()
  const read = (raw: unknown) => new Map(linesOf(words, store.ledger, zone, raw).map(({ field, value }) => [field, value]))
  const came = read(row.body)
  const rival = row.rival === null || row.rival === undefined ? undefined : read(row.rival)
  const fields = FIELDS.filter((field) => came.has(field) || rival?.has(field))
  if (fields.length === 0) return <p className="quiet">{w.nothingReadable}</p>
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className={styles.versions} role="group" aria-label={w.what} tabIndex={0}>
      <table>
        {rival && (
          <thead>
            <tr>
              <td />
              <th scope="col">{w.thisOne}</th>
              <th scope="col">{w.inTheLog}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {fields.map((field) => {
            const differs = rival !== undefined && came.get(field) !== rival.get(field)
            return (
              <tr key={field} className={cx(differs && styles.differs)}>
                <th scope="row">
                  {differs && (
                    <>
                      <Icon name="warn" size={12} />
                      <span className="visuallyHidden">{w.differs}</span>
                    </>
                  )}{' '}
                  {w.fields[field]}
                </th>
                <td>{came.get(field) ?? '–'}</td>
                {rival && <td>{rival.get(field) ?? '–'}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
