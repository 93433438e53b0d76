/** The end of an afternoon: every tablet of the district comes back to the network at once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROTOCOL } from '../../shared/api.ts'
import { type PushReply, type ReceiptBody } from '../../shared/api/sync.ts'
import { peakMemory, startRecoup } from '../support/process.ts'
import { openWire, prepareRush, recorder, type Tablet } from '../support/rush.ts'
import { type Line, quantile } from './line.ts'
import { REPORT } from '../support/report.ts'

const EVENTS = 400
const BATCH = 100
/** A tablet that was told to come later gives up only then. */
const PATIENCE_MS = 120_000

interface Rush {
  readonly seconds: number
  readonly pushes: readonly number[]
  readonly told: number
  readonly errors: number
  readonly memory: number
}

async function rush(tablets: number): Promise<Rush> {
  const folder = mkdtempSync(path.join(tmpdir(), 'recoup-herd-'))
  try {
    const enrolled = await prepareRush(folder, tablets, Math.min(tablets, 20))
    const server = await startRecoup(folder)
    const sum = { pushes: [] as number[], told: 0, errors: 0 }
    const outboxes = enrolled.map((tablet) => ({ tablet, events: recorder(tablet)(EVENTS) }))
    const started = performance.now()
    await Promise.all(outboxes.map(({ tablet, events }) => send(server.url, tablet, events, sum)))
    const seconds = (performance.now() - started) / 1000
    const memory = peakMemory(server.pid)
    await server.end('SIGKILL')
    return { seconds, ...sum, memory }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One tablet: its batches in order, each until it is confirmed; told to wait, it waits as long as it was told, and a little more by chance. */
async function send(url: string, { cookie }: Tablet, events: readonly unknown[], sum: { pushes: number[]; told: number; errors: number }) {
  const wire = openWire(url)
  const until = performance.now() + PATIENCE_MS
  for (let i = 0; i < events.length && performance.now() < until; ) {
    const part = events.slice(i, i + BATCH)
    const asked = performance.now()
    const reply = await wire
      .ask('POST', '/api/sync/push', { protocol: PROTOCOL, events: part, report: REPORT }, cookie)
      .catch(() => undefined)
    if (reply?.status === 503) {
      sum.told++
      await new Promise((resolve) => setTimeout(resolve, Number(reply.headers['retry-after']) * 1000 * (0.5 + Math.random())))
      continue
    }
    const { results } = reply?.status === 200 ? (JSON.parse((reply.body as PushReply).receipt.body) as ReceiptBody) : { results: [] }
    if (results.length !== part.length || results.some(({ outcome }) => outcome !== 'accepted')) {
      sum.errors++
      break
    }
    sum.pushes.push((performance.now() - asked) / 1000)
    i += BATCH
  }
  wire.close()
}

export async function herd(): Promise<Line[]> {
  const lines: Line[] = []
  for (const { tablets, most, p99 } of [
    { tablets: 50, most: 30, p99: 2 },
    { tablets: 500, most: 60, p99: undefined },
  ]) {
    const { seconds, pushes, told, errors, memory } = await rush(tablets)
    const name = `${tablets} tablets with ${EVENTS} events each`
    lines.push(
      { what: `${name}: all confirmed`, value: seconds, unit: 's', most: { value: most } },
      { what: `${name}: a push, p99`, value: quantile(pushes, 0.99), unit: 's', ...(p99 !== undefined && { most: { value: p99 } }) },
      { what: `${name}: errors`, value: errors, unit: '', most: { value: 0 } },
      { what: `${name}: told to come again`, value: told, unit: '' },
      { what: `${name}: memory of the server`, value: memory, unit: 'MB' },
    )
  }
  return lines
}
