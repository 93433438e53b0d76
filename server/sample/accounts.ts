/** The accounts of the invented sample district. Their passwords are no secret: the sign-in page shows them. */
import type { SampleAccount } from '../../shared/api/people.ts'
import type { Db } from '../log/openDatabase.ts'

export interface SampleAccounts {
  list(): SampleAccount[]
  add(account: SampleAccount): void
}

export function openSampleAccounts(db: Db): SampleAccounts {
  const all = db.prepare<[], SampleAccount>('SELECT role, username, password, name FROM sample_account ORDER BY rowid')
  const put = db.prepare('INSERT INTO sample_account (role, username, password, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  return { list: () => all.all(), add: ({ role, username, password, name }) => void put.run(role, username, password, name) }
}
