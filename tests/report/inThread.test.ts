import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { PacketSubject } from '../../shared/report/packet.ts'
import { DAY, instant } from '../../shared/time.ts'
import { openReportThread } from '../../server/reports/inThread.ts'
import { CalledOff, openReportWork, type Watch } from '../../server/reports/work.ts'
import { NOW } from '../server/testServer.ts'
import { reportDistrict } from './reportDistrict.ts'

const EVERYTHING: PacketSubject = { kind: 'period', period: 'P-1', year: 2026, site: null }
const watch = (signal = new AbortController().signal): Watch & { steps: string[] } => {
  const steps: string[] = []
  return { steps, signal, progress: (step) => void steps.push(step) }
}

test('a report made in a thread is the report made here, and knows what was recorded since the one before', async () => {
  const { server, tablet } = await reportDistrict()
  const here = openReportWork(server.context)
  const clock = { now: instant(NOW) }
  const there = openReportThread(server.folder, () => clock.now)
  try {
    expect(await there.look('P-1', 2026)).toEqual(await here.look('P-1', 2026))
    expect(await there.stas(2026)).toEqual(await here.stas(2026))
    expect(await there.writeBack('powerschool', 2026)).toEqual(await here.writeBack('powerschool', 2026))
    expect(await there.padc('P-1', 2026, 0)).toBeUndefined()
    tablet.recordSaturday(['cleo'], 'later' as never)
    await tablet.push()
    expect(await there.look('P-1', 2026)).toMatchObject({ figures: { unfinished: { sessions: 1 } } })
    // It has no clock of its own: a hundred days later the period is over.
    clock.now = instant(NOW + 100 * DAY)
    expect(await there.look('P-1', 2026)).toMatchObject({ figures: { complete: true } })
  } finally {
    there.close()
  }
})

test('a packet is made in a thread with its progress told, and can be called off', async () => {
  const { server } = await reportDistrict()
  const there = openReportThread(server.folder, () => instant(NOW))
  try {
    const seen = watch()
    const paths = { json: join(server.folder, 'one.json'), pdf: join(server.folder, 'one.pdf') }
    expect(await there.packet(EVERYTHING, 'Diana Okafor', paths, seen)).toEqual({ sessions: 1, students: 3 })
    expect([...new Set(seen.steps)]).toEqual(['gathering', 'writing'])
    expect(readFileSync(paths.pdf).subarray(0, 5).toString()).toBe('%PDF-')
    const stop = new AbortController()
    const others = { json: join(server.folder, 'other.json'), pdf: join(server.folder, 'other.pdf') }
    const stopped = there.packet(EVERYTHING, 'Diana Okafor', others, watch(stop.signal))
    stop.abort()
    await expect(stopped).rejects.toThrow(CalledOff)
    expect(await there.packet({ kind: 'sessions', sessions: ['none'] }, 'Diana Okafor', others, watch())).toEqual({ fault: 'nothing' })
    // What was half written goes when the thread comes to the end of its turn.
    await vi.waitFor(() => expect([others.json, others.pdf].filter((path) => existsSync(`${path}.part`))).toEqual([]))
  } finally {
    there.close()
  }
})
