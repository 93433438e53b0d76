/** The data folder as a command opens it: one that holds a district, or a word about where it was looked for. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import { DATABASE } from '../log/openDatabase.ts'
import { openForCommand } from '../main.ts'
import { Stop } from './io.ts'

/** Opens the folder of a district, also beside a running server. Makes none: a wrong folder would look like an empty district. */
export function openDistrict(config: Config): Context {
  const none = `There is no district in ${config.data}. Give the folder that holds it: RECOUP_DATA=FOLDER npx recoup ...`
  if (!existsSync(join(config.data, DATABASE))) throw new Stop(none)
  const context = openForCommand(config)
  if (context.store.get('district', 'district')) return context
  context.close()
  throw new Stop(`${none} Or set it up first: npm start`)
}

/** How many lines are wanted (`--most`). */
export function mostOf(most: string): number {
  if (!/^[1-9]\d{0,5}$/.test(most)) throw new Stop(`--most ${most}: give a number of lines, from 1 to 999999.`)
  return Number(most)
}
