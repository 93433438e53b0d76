import type { Person } from '../../../../shared/api/people.ts'
import { Button } from '../../../ui/Button.tsx'
import { cx } from '../../../ui/cx.ts'
import { StatusPill } from '../../../ui/StatusPill.tsx'
import type { Column } from '../../../ui/Table.tsx'
import type { Words } from '../../../words/index.ts'
import styles from '../../desk/Tools.module.css'
import { accountState, STATE_TONE } from './personState.ts'
import people from './People.module.css'

/** The columns of the staff table; a person without an account can be selected for an invitation. */
export function peopleColumns(
  words: Words,
  {
    selected,
    onSelect,
    onChange,
    mayChange,
    siteName,
  }: {
    readonly selected: ReadonlySet<string>
    readonly onSelect: (person: Person, on: boolean) => void
    readonly onChange: (person: Person) => void
    /** Whether there is anything of this person that may be changed. */
    readonly mayChange: (person: Person) => boolean
    readonly siteName: (id: string) => string
  },
): readonly Column<Person>[] {
  const w = words.district.people
  const roleOf = ({ role, sections }: NonNullable<Person['account']>): string =>
    sections ? `${words.common.roles[role]} · ${w.reach.only(sections.length)}` : words.common.roles[role]
  return [
    {
      id: 'name',
      head: w.name,
      by: (p) => p.name,
      cell: (p) => (
        <span className={people.who}>
          {accountState(p) === 'none' ? (
            <input
              type="checkbox"
              className={people.box}
              aria-label={w.select(p.name)}
              checked={selected.has(p.staff)}
              onChange={(event) => onSelect(p, event.target.checked)}
            />
          ) : (
            <span className={people.box} />
          )}
          <span className={cx(styles.name, styles.short)} title={p.name}>
            {p.name}
          </span>
        </span>
      ),
    },
    {
      id: 'login',
      head: w.login,
      by: (p) => p.account?.username ?? p.email,
      cell: (p) => (
        <span className={cx(styles.short, people.login, 'quiet')} title={p.email}>
          {p.account?.username ?? p.email}
        </span>
      ),
    },
    {
      id: 'account',
      head: w.account,
      by: (p) => w.states[accountState(p)],
      cell: (p) => <StatusPill tone={STATE_TONE[accountState(p)]}>{w.states[accountState(p)]}</StatusPill>,
    },
    {
      id: 'role',
      head: w.role,
      by: (p) => (p.account ? words.common.roles[p.account.role] : null),
      cell: (p) => p.account && roleOf(p.account),
    },
    {
      id: 'counts',
      head: w.counts,
      by: (p) => (p.certificated && p.employee ? 1 : 0),
      cell: (p) => (p.certificated && p.employee ? w.countsYes : w.countsNo),
    },
    {
      id: 'site',
      head: w.site,
      by: (p) => words.format.list(p.sites.map(siteName)),
      cell: (p) => (
        <span className={styles.short} title={words.format.list(p.sites.map(siteName))}>
          {words.format.list(p.sites.map(siteName))}
        </span>
      ),
    },
    {
      id: 'change',
      head: w.changeHead,
      cell: (p) =>
        mayChange(p) && (
          <Button look="quiet" aria-label={w.change(p.name)} onClick={() => onChange(p)}>
            {w.changeButton}
          </Button>
        ),
    },
  ]
}
