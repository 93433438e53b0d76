/** A short version of `npm run proofs`, which tries every point. */
import { expect, test } from 'vitest'
import { fullDisk } from '../proofs/diskFull.ts'
import { crashPoints } from '../proofs/crashPoints.ts'
import type { Proof } from '../proofs/inspect.ts'
import { powerCuts, randomKills } from '../proofs/kills.ts'

const said = ({ what, tried, note }: Proof): void => {
  if (tried === 0) console.log(`${what}: ${note}`)
}

test('[S4] killed again and again under eight clients, the server has lost nothing it acknowledged and holds no part of a batch', {
  timeout: 120_000,
}, async () => {
  const proof = await randomKills(4)
  said(proof)
  expect(proof.broken).toEqual([])
})

test('[S4] after a power cut everything acknowledged is there, and no part of a batch', { timeout: 120_000 }, async () => {
  const proof = await powerCuts(12)
  said(proof)
  expect(proof.broken).toEqual([])
})

test('[S4] killed at a write or sync of a push, the log is whole', { timeout: 120_000 }, async () => {
  const proof = await crashPoints('push', 8)
  said(proof)
  expect(proof.broken).toEqual([])
})

test('[S4] a disk that is really full acknowledges nothing, and is used again when there is room', { timeout: 120_000 }, async () => {
  const proof = await fullDisk(2)
  said(proof)
  expect(proof.broken).toEqual([])
})
