import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Bytes of one uploaded file; uploads that one import may have; imports that may be open; how long one stays open. */
export const UPLOAD = { fileBytes: 64 * 1024 * 1024, files: 20, open: 20, keepMs: 3_600_000 } as const

export type Received = 'ok' | 'badName' | 'tooLarge' | 'tooMany' | 'unknown'

/** Files on their way in: kept in a folder of their own until the import is done, an hour has passed, or the server starts again. */
export interface Uploads {
  /** Begins an import; undefined while too many are open. */
  open(owner: string): Promise<string | undefined>
  /** Keeps one file of an import of this owner. One of the same name takes its place. */
  receive(id: string, owner: string, name: string, body: Readable): Promise<Received>
  /** The folder of an import of this owner. */
  folder(id: string, owner: string): string | undefined
  /** Throws an import's files away. */
  close(id: string): Promise<void>
  /** Throws all of them away, also what a server that stopped left behind. */
  clear(): Promise<void>
}

interface Upload {
  readonly owner: string
  readonly openedAt: number
  readonly names: Set<string>
}

/** Uploads under a folder that nothing else uses. */
export function openUploads(root: string, sources: { readonly now: () => number; readonly newId: () => string }): Uploads {
  const uploads = new Map<string, Upload>()
  const held = (id: string, owner: string): Upload | undefined => {
    const upload = uploads.get(id)
    return upload?.owner === owner ? upload : undefined
  }
  const close = async (id: string): Promise<void> => {
    uploads.delete(id)
    await rm(join(root, id), { recursive: true, force: true })
  }
  async function sweep(): Promise<void> {
    for (const [id, { openedAt }] of uploads) if (sources.now() - openedAt >= UPLOAD.keepMs) await close(id)
  }
  return {
    async open(owner) {
      await sweep()
      if (uploads.size >= UPLOAD.open) return undefined
      const id = sources.newId()
      await mkdir(join(root, id), { recursive: true, mode: 0o700 })
      uploads.set(id, { owner, openedAt: sources.now(), names: new Set() })
      return id
    },
    async receive(id, owner, name, body) {
      const upload = held(id, owner)
      const refused = !upload
        ? 'unknown'
        : !isFileName(name)
          ? 'badName'
          : upload.names.size >= UPLOAD.files && !upload.names.has(name)
            ? 'tooMany'
            : undefined
      if (!upload || refused) return refused ?? 'unknown'
      const part = join(root, id, `.${sources.newId()}.part`)
      const fits = await store(body, part)
      if (!fits) {
        await rm(part, { force: true })
        return 'tooLarge'
      }
      await rename(part, join(root, id, name))
      upload.names.add(name)
      return 'ok'
    },
    folder: (id, owner) => (held(id, owner) ? join(root, id) : undefined),
    close,
    async clear() {
      uploads.clear()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A plain file name: nothing in it leads to another folder. */
const isFileName = (name: string): boolean => /^[^/\\\p{Cc}.][^/\\\p{Cc}]{0,119}\.(csv|txt|zip)$/iu.test(name)

/** Writes a body to a file. False when it is larger than a file may be; the rest is read and let go, so that the sender hears the answer. */
async function store(body: Readable, path: string): Promise<boolean> {
  let bytes = 0
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        if (bytes <= UPLOAD.fileBytes) yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  return bytes <= UPLOAD.fileBytes
}
