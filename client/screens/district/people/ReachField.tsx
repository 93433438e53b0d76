import { type Person } from '../../../../shared/api/people.ts'
import { SectionsReply } from '../../../../shared/api/registry.ts'
import type { SectionId, SiteId } from '../../../../shared/ids.ts'
import { useDevice } from '../../../log/useAttendance.ts'
import { PickList } from '../../../ui/PickList.tsx'
import { useWords } from '../../../words/index.ts'
import { Asking } from '../../desk/Asking.tsx'
import { useReply } from '../../desk/useReply.ts'
import styles from './People.module.css'
import { sectionsFor } from './personState.ts'

/** How far a role reaches: the sections picked, of schools where everybody chosen works; none picked is the whole school. */
export function ReachField({
  people,
  picked,
  onPicked,
}: {
  readonly people: readonly Person[]
  readonly picked: readonly SectionId[]
  readonly onPicked: (sections: readonly SectionId[]) => void
}) {
  const words = useWords()
  const w = words.district.people.reach
  const { store } = useDevice()
  const { asked, reload } = useReply(SectionsReply, '/api/sections')
  return (
    <Asking asked={asked} onRetry={reload}>
      {(reply) => {
        const sections = sectionsFor(reply.sections, people)
        const isOfMany = new Set(sections.map(({ site }) => site)).size > 1
        const siteName = (site: SiteId): string => store.ledger.site(site)?.name ?? ''
        const known = picked.filter((id) => sections.some((section) => section.id === id))
        return (
          <fieldset>
            <legend className={styles.legend}>{w.title}</legend>
            <p className="quiet">{known.length === 0 ? (sections.length === 0 ? w.noSections : w.whole) : w.picked(known.length)}</p>
            {sections.length > 0 && (
              <PickList
                label={w.title}
                items={sections.map(({ id, name, site }) => ({ id, label: name, ...(isOfMany && { hint: siteName(site) }) }))}
                picked={new Set(known)}
                onPick={(id, on) => onPicked(on ? [...known, id] : known.filter((each) => each !== id))}
              />
            )}
          </fieldset>
        )
      }}
    </Asking>
  )
}
