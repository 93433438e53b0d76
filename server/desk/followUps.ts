/** What people write while following students up: kept with its author and time, never changed. */
import type { FollowUpEntry, FollowUpsReply, LettersReply, NewFollowUp, PutLetter } from '../../shared/api/followUps.ts'
import type { Me } from '../../shared/api/people.ts'
import { type AttentionChoices, DEFAULT_ATTENTION } from '../../shared/report/attention.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'
import { openPlacedAt } from '../log/placedAt.ts'

interface Line {
  readonly id: string
  readonly student: string
  readonly site: string
  readonly kind: FollowUpEntry['kind']
  readonly text: string
  readonly staff: string | null
  readonly to_name: string
  readonly due: string | null
  readonly outcome: FollowUpEntry['outcome']
  readonly by: string
  readonly by_name: string
  readonly at: number
}

export interface FollowUps {
  /** Everything written at the sites of a scope, oldest first. */
  entries(scope: Scope): FollowUpEntry[]
  /** Writes all of it or nothing. */
  write(entries: readonly NewFollowUp[], by: Me): void
  /** Whether a student is known at one of the sites. */
  isAt(student: string, scope: Scope): boolean
  /** The active people who work at the sites, by name. */
  staff(scope: Scope): FollowUpsReply['staff']
  choices(): AttentionChoices
  choose(choices: AttentionChoices, by: Me): void
  /** The newest wording of each letter that a district worded itself. */
  letters(): LettersReply['templates']
  putLetter(letter: PutLetter, by: Me): void
}

/** @param log an open log, for its database and clock */
export function openFollowUps({ db, sources, write }: Log): FollowUps {
  const nameOf =
    "(SELECT json_extract(v.body, '$.name') FROM record r JOIN record_version v ON v.seq = r.seq WHERE r.kind = 'staff' AND r.id = "
  const everything = db.prepare<[], Line>(
    `SELECT f.*, coalesce(${nameOf} f.by), '') AS by_name, coalesce(${nameOf} f.staff), '') AS to_name FROM follow_up f ORDER BY f.at, f.id`,
  )
  const ofSites = db.prepare<[string], Line>(
    `SELECT f.*, coalesce(${nameOf} f.by), '') AS by_name, coalesce(${nameOf} f.staff), '') AS to_name FROM follow_up f
     WHERE f.site IN (SELECT value FROM json_each(?)) ORDER BY f.at, f.id`,
  )
  const put = db.prepare(
    'INSERT INTO follow_up (id, student, site, kind, text, staff, due, outcome, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const people = db.prepare<[], { id: string; name: string; sites: string }>(
    `SELECT r.id, json_extract(v.body, '$.name') AS name, json_extract(v.body, '$.sites') AS sites
     FROM account a JOIN record r ON r.kind = 'staff' AND r.id = a.staff JOIN record_version v ON v.seq = r.seq
     WHERE a.state = 'active' AND r.ended = 0 ORDER BY name, r.id`,
  )
  const newestChoice = db.prepare<[], { eligible_from: number; missed_in_row: number }>(
    'SELECT eligible_from, missed_in_row FROM attention_choice ORDER BY id DESC LIMIT 1',
  )
  const putChoice = db.prepare('INSERT INTO attention_choice (eligible_from, missed_in_row, by, at) VALUES (?, ?, ?, ?)')
  const newestLetters = db.prepare<[], LettersReply['templates'][number]>(
    `SELECT l.kind, l.language, l.title, l.body, coalesce(${nameOf} l.by), '') AS byName, l.at FROM letter_template l
     WHERE l.id IN (SELECT max(id) FROM letter_template GROUP BY kind, language) AND l.body <> ''`,
  )
  const putTemplate = db.prepare('INSERT INTO letter_template (kind, language, title, body, by, at) VALUES (?, ?, ?, ?, ?, ?)')

  return {
    entries: (scope) => (scope === 'all' ? everything.all() : ofSites.all(JSON.stringify(scope))).map(entryOf),
    write(entries, by) {
      write(() => {
        for (const entry of entries) {
          const assigned = entry.kind === 'assigned' ? entry : { to: null, due: null }
          const outcome = entry.kind === 'outcome' ? entry.outcome : null
          put.run(
            sources.newId(),
            entry.student,
            entry.site,
            entry.kind,
            entry.text,
            assigned.to,
            assigned.due,
            outcome,
            by.staff,
            sources.now(),
          )
        }
      })
    },
    isAt: openPlacedAt(db),
    staff: (scope) =>
      people
        .all()
        .filter(({ sites }) => scope === 'all' || (JSON.parse(sites) as string[]).some((site) => scope.includes(site)))
        .map(({ id, name }) => ({ id: id as FollowUpEntry['by'], name })),
    choices() {
      const row = newestChoice.get()
      return row ? { eligibleFrom: row.eligible_from, missedInRow: row.missed_in_row } : DEFAULT_ATTENTION
    },
    choose: ({ eligibleFrom, missedInRow }, by) => void putChoice.run(eligibleFrom, missedInRow, by.staff, sources.now()),
    letters: () => newestLetters.all(),
    putLetter: ({ kind, language, title, body }, by) => void putTemplate.run(kind, language, title, body, by.staff, sources.now()),
  }
}

// The columns come from `put` above alone, from entries that the route's schema checked.
const entryOf = (line: Line): FollowUpEntry =>
  ({
    id: line.id,
    student: line.student,
    site: line.site,
    kind: line.kind,
    text: line.text,
    to: line.staff,
    toName: line.to_name,
    due: line.due,
    outcome: line.outcome,
    by: line.by,
    byName: line.by_name,
    at: line.at,
  }) as FollowUpEntry
