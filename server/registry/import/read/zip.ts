import type { Readable } from 'node:stream'
import { openPromise } from 'yauzl'
import type { Entry as ZipEntry, ZipFile } from 'yauzl'
import { type Expected, expected } from '../expected.ts'
import type { Entry } from './entries.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './refusal.ts'

const MB = 1024 * 1024

/**
 * The files in a zip, to be read one after another, and a way to close it. Sizes are judged before anything is unpacked, and the
 * library stops an entry that unpacks to more than it declared.
 */
export async function openZip(name: string, path: string): Promise<{ readonly entries: readonly Entry[]; close(): void }> {
  const zip = await openPromise(path, { autoClose: false }).catch((error: unknown) => {
    throw new Refusal(name, expected('zipOpens', { said: messageOf(error) }))
  })
  try {
    const entries: Entry[] = []
    let unpacked = 0
    for (const entry of await listed(name, zip)) {
      const refused = refusalOf(entry)
      if (refused) throw new Refusal(name, refused)
      if (isClutter(entry.fileName)) continue
      unpacked += entry.uncompressedSize
      if (unpacked > LIMITS.fileBytes) throw new Refusal(name, expected('zipAtMost', { mb: LIMITS.fileBytes / MB }))
      entries.push({ name: baseName(entry.fileName), path: entry.fileName, open: () => unpack(name, zip, entry) })
    }
    return { entries, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function listed(name: string, zip: ZipFile): Promise<readonly ZipEntry[]> {
  if (zip.entryCount > LIMITS.zipEntries) throw new Refusal(name, expected('zipFiles', { n: LIMITS.zipEntries, has: zip.entryCount }))
  const entries: ZipEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    // The library refuses names that lead out of the folder: absolute ones, and those with `..`.
    const leadsOut = /(absolute path|invalid relative path|invalid characters)/.test(messageOf(error))
    throw new Refusal(name, expected(leadsOut ? 'zipInside' : 'zipOpens', { said: messageOf(error) }))
  }
  return entries
}

function refusalOf(entry: ZipEntry): Expected | undefined {
  if (entry.isEncrypted()) return expected('zipOpen', { file: entry.fileName })
  if (!entry.canDecodeFileData()) return expected('zipDeflate', { file: entry.fileName })
  if (entry.fileName.startsWith('xl/')) return expected('workbook')
  if (entry.uncompressedSize > LIMITS.zipRatioFrom && entry.uncompressedSize > entry.compressedSize * LIMITS.zipRatio) {
    return expected('zipRatio', { n: LIMITS.zipRatio, file: entry.fileName, from: entry.compressedSize, to: entry.uncompressedSize })
  }
  return undefined
}

/** Folders, and what desktop systems add without being asked. */
const isClutter = (path: string): boolean => path.endsWith('/') || path.startsWith('__MACOSX/') || baseName(path).startsWith('.')
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function* unpack(name: string, zip: ZipFile, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  let stream: Readable | undefined
  try {
    stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(name, expected('zipUnpacks', { file: entry.fileName, said: messageOf(error) }))
  } finally {
    stream?.destroy()
  }
}
