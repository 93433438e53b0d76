/**
 * Writes the file of a packet as it is gathered: nothing of it is held. It is canonical JSON, so that the hash of what is written is the
 * hash that is signed; the signature itself is put into the room left for it.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { PacketEvidence } from '../../../shared/evidence/packet.ts'
import type { Packet, PacketEvent, PacketStudent } from '../../../shared/report/packet.ts'
import { canonical } from '../../../shared/sync/chain.ts'
import type { PacketSeal } from '../../log/packetSeal.ts'
import type { Pace } from '../pace.ts'

/** A packet whose events and students are told one after the other, the students last: their figures are those that the events give. */
export interface PacketFacts extends Omit<Packet, 'events' | 'students' | 'checkpoint'> {
  readonly checkpoint: PacketEvidence['checkpoint']
  readonly events: Iterable<PacketEvent>
  readonly students: Iterable<PacketStudent>
}

/** Base64 of the 64 bytes of an Ed25519 signature. */
const SEAL_LENGTH = 88
/** How many lines of the log are read between two turns. */
const LINES = 2_000
const BUFFER = 1 << 16

/** @param progress how many of the lines and events were written */
export async function writePacketFile(
  path: string,
  facts: PacketFacts,
  seal: PacketSeal,
  pace: Pace,
  progress: (done: number) => void,
): Promise<void> {
  const { checkpoint, events, students, ...rest } = facts
  const through = (JSON.parse(checkpoint.body) as { readonly seq: number }).seq
  const file = openSync(path, 'w', 0o600)
  try {
    const out = openOut(file)
    let done = 0
    const step = async (by: number): Promise<void> => {
      done += by
      progress(done)
      await pace()
    }

    async function evidence(): Promise<number> {
      out.write(`{"checkpoint":${canonical(checkpoint)},"lines":"`)
      for (let from = 1; from <= through; from += LINES) {
        const to = Math.min(through, from + LINES - 1)
        out.write(seal.lines(from, to))
        await step(to - from + 1)
      }
      const shown = facts.records.filter(({ withheld }) => !withheld).map(({ seq }) => [String(seq), seal.salt(seq)] as const)
      out.write(`","salts":${canonical(Object.fromEntries(shown))}`)
      const at = out.leaveRoom(`,"seal":"${' '.repeat(SEAL_LENGTH)}"`) + ',"seal":"'.length
      out.write('}')
      return at
    }
    async function list<T>(items: Iterable<T>): Promise<void> {
      let between = '['
      for (const item of items) {
        out.write(between + canonical(item))
        between = ','
        await step(1)
      }
      out.write(between === '[' ? '[]' : ']')
    }

    let sealAt = 0
    let between = '{'
    for (const name of [...Object.keys(rest), 'checkpoint', 'events', 'students'].sort()) {
      out.write(`${between}${JSON.stringify(name)}:`)
      between = ','
      if (name === 'checkpoint') sealAt = await evidence()
      else if (name === 'events') await list(events)
      else if (name === 'students') await list(students)
      else out.write(canonical(rest[name as keyof typeof rest]))
    }
    out.write('}')
    writeSync(file, seal.sign(`recoup-packet ${out.end()}`), sealAt, 'latin1')
  } finally {
    closeSync(file)
  }
}

interface Written {
  write(text: string): void
  /** Writes what is not part of the hash; answers where it begins, in bytes. */
  leaveRoom(text: string): number
  /** The hash of everything written but the room left. */
  end(): string
}

function openOut(file: number): Written {
  const hash = createHash('sha256')
  let held: string[] = []
  let length = 0
  let at = 0
  function flush(isHashed = true): void {
    const bytes = Buffer.from(held.join(''), 'utf8')
    if (isHashed) hash.update(bytes)
    for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from)
    at += bytes.length
    held = []
    length = 0
  }
  function write(text: string): void {
    held.push(text)
    length += text.length
    if (length >= BUFFER) flush()
  }
  return {
    write,
    leaveRoom(text) {
      flush()
      const from = at
      held.push(text)
      flush(false)
      return from
    },
    end() {
      flush()
      return hash.digest('hex')
    },
  }
}
