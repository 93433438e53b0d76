/** `recoup backup` and `recoup restore`. */
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { type BackupFault, backup, restore } from '../log/backup.ts'
import { type Io, Stop } from './io.ts'

const say = (fault: BackupFault, folder: string): Stop => {
  switch (fault) {
    case 'notEmpty':
      return new Stop(`${folder} is not empty. Choose a folder that is not there yet.`)
    case 'noBackup':
      return new Stop(`${folder} holds no backup: there is no recoup.db in it.`)
    case 'damaged':
      return new Stop(`The copy in ${folder} is damaged. Do not rely on it.`)
    case 'diskFull':
      return new Stop(`There is no room for a copy in ${folder}. Make room, or choose another disk.`)
    case 'failed':
      return new Stop(`The copy in ${folder} could not be written. May this user write there?`)
  }
}

/** Writes a checked copy of the data folder, also while a server runs on it. */
export async function backupCommand({ config, inventory, log }: Context, folder: string, io: Io): Promise<void> {
  inventory.take(0)
  const fault = await backup(log.db, config.data, folder, log.sources.now())
  if (fault) throw say(fault, folder)
  io.stdout.write(`Backed up to ${folder}, up to number ${log.head()}. Its keys folder is secret: keep it as such.\n`)
}

/** Puts a backup into the data folder, which must hold no district yet. */
export function restoreCommand(config: Config, folder: string, newEpoch: string, io: Io): void {
  const fault = restore(folder, config.data, newEpoch)
  if (fault) throw say(fault, fault === 'notEmpty' ? config.data : folder)
  io.stdout.write(`Restored to ${config.data}. Devices will offer again everything they hold; nothing is counted twice.\n`)
}
