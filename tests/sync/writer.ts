/** A writer as a process of its own: adds staff to the registry of a data folder, one commit each. Arguments: folder, name, count. */
import { openForCommand } from '../../server/main.ts'
import { as, type StaffId } from '../../shared/ids.ts'
import { readConfig } from '../../server/config.ts'

const [folder = '', name = '', count = '0'] = process.argv.slice(2)
const config = readConfig({ RECOUP_DATA: folder })
if ('fault' in config) throw new Error(config.fault)
const { store, close } = openForCommand(config)
for (let i = 0; i < Number(count); i++) {
  const id = as<StaffId>(`${name}-${i}`)
  store.apply([
    { kind: 'staff', id, ended: false, body: { id, name, email: '', sites: [], title: '', certificated: false, employee: true } },
  ])
}
close()
