import { expect, test } from 'vitest'
import { MINUTE } from '../../shared/time.ts'
import { smallDistrict } from '../server/smallDistrict.ts'
import type { TestServer } from '../server/testServer.ts'

const PAIRS = 24
const MOST_APART = 0.05
/** A machine that does something else meanwhile is given another chance; a server that does less for nobody is none the better for it. */
const CHANCES = 4

async function work(server: TestServer, username: string): Promise<number> {
  const browser = server.browser()
  // What the processor did for it, on whatever thread: how long somebody else kept the machine is no difference of ours.
  const began = process.cpuUsage()
  const { status } = await browser.signIn(username, 'not the password of anybody')
  const { user, system } = process.cpuUsage(began)
  expect(status).toBe(401)
  return user + system
}

/** The median of how much more a name that somebody has costs than one that nobody has, asked one after the other. */
async function apart(server: TestServer): Promise<number> {
  const ratios: number[] = []
  for (let i = 0; i < PAIRS; i++) {
    // Nobody is to be slowed for having tried too often.
    server.wait(16 * MINUTE)
    const names = i % 2 === 0 ? ['rivera', `nobody${i}`] : [`nobody${i}`, 'rivera']
    const times = new Map<string, number>()
    for (const name of names) times.set(name === 'rivera' ? 'known' : 'unknown', await work(server, name))
    ratios.push((times.get('known') ?? 0) / (times.get('unknown') ?? 1) - 1)
  }
  return ratios.sort((a, b) => a - b)[PAIRS / 2] ?? Number.NaN
}

test('S15 A name that nobody has costs as much work to refuse as one that somebody has, within five in a hundred', async () => {
  const server = await smallDistrict()
  await work(server, 'rivera')
  const found: number[] = []
  do found.push(Math.abs(await apart(server)))
  while (Math.min(...found) > MOST_APART && found.length < CHANCES)
  expect(Math.min(...found)).toBeLessThanOrEqual(MOST_APART)
})
