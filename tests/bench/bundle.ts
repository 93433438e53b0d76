import path from 'node:path'
import { firstLoad } from '../support/firstLoad.ts'
import { openBare } from './bare.ts'
import type { Line } from './line.ts'

const kilobytes = (dist: string) => firstLoad(dist).reduce((sum, file) => sum + file.gzip, 0) / 1024

/** JavaScript that the first page loads. */
export async function bundle(): Promise<Line[]> {
  const bare = await openBare()
  try {
    const value = kilobytes(path.resolve(import.meta.dirname, '../../dist'))
    return [{ what: 'JavaScript at first load, gzip', value, unit: 'KB', reference: kilobytes(bare.dist), most: { value: 200 } }]
  } finally {
    await bare.close()
  }
}
