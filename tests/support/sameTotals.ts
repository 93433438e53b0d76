/**
 * The same histories judged in Node and in a browser, in zones far apart: what a tablet shows and what the district reports must be
 * one, to the last minute, whatever machine works it out.
 */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { build, type Rolldown } from 'vite'
import { openBrowser } from './chromium.ts'
import type { Judged } from './judgeHistories.ts'

/** None of them a zone of the schools in the histories, one of them three quarters of an hour off, on either side of the date line. */
export const MACHINE_ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham'] as const

export interface Place {
  /** Where it was worked out. */
  readonly where: string
  /** What a clock on the machine's wall is off UTC by, in minutes, as `Date` says: that the zone was really another. */
  readonly offset: number
  readonly judged: readonly Judged[]
  readonly seconds: number
}

/** Judges the histories in every zone, in Node and in Chromium. */
export async function totalsEverywhere(count: number): Promise<Place[]> {
  const script = await bundled()
  const places: Place[] = []
  for (const zone of MACHINE_ZONES) places.push(...(await Promise.all([inNode(zone, count), inChromium(zone, count, script)])))
  return places
}

async function inNode(zone: string, count: number): Promise<Place> {
  const begun = performance.now()
  const run = path.join(import.meta.dirname, 'judgeRun.ts')
  const env = { ...process.env, TZ: zone }
  const { stdout } = await promisify(execFile)(process.execPath, [run, String(count)], { env, maxBuffer: 1e8 })
  const { offset, judged } = JSON.parse(stdout) as Pick<Place, 'offset' | 'judged'>
  return { where: `Node, ${zone}`, offset, judged, seconds: (performance.now() - begun) / 1000 }
}

async function inChromium(zone: string, count: number, script: string): Promise<Place> {
  const begun = performance.now()
  const browser = await openBrowser({ zone })
  try {
    const page = await browser.context.newPage()
    await page.addScriptTag({ content: script })
    const offset = await page.evaluate(() => new Date(2026, 0, 1).getTimezoneOffset())
    const judged = await page.evaluate((number) => (globalThis as unknown as Bundle).histories.judgeChunks(number), count)
    return { where: `Chromium, ${zone}`, offset, judged, seconds: (performance.now() - begun) / 1000 }
  } finally {
    await browser.close()
  }
}

/** What the script puts into the page. */
interface Bundle {
  readonly histories: { judgeChunks(count: number): Judged[] }
}

/** The code of both sides as one script, made by the same tool that makes the app. */
async function bundled(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'judgeHistories.ts')
  const output = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: { write: false, lib: { entry, name: 'histories', formats: ['iife'] } },
  })
  const [made] = output as Rolldown.RolldownOutput[]
  const chunk = made?.output[0]
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}
