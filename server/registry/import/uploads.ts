import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Bytes of one uploaded file; files that one import may have; imports that may be open, of all and of one person; how long one stays open. */
export const UPLOAD = { fileBytes: 64 * 1024 * 1024, files: 20, open: 20, own: 3, keepMs: 3_600_000 } as const

export type Received = 'ok' | 'badName' | 'tooLarge' | 'tooMany' | 'unknown'

/** Files on their way in: kept in a folder of their own until the import is done, an hour has passed, or the server starts again. */
export interface Uploads {
  /** Begins an import. The owner's oldest that nobody is reading makes room for it; undefined while others' leave none. */
  open(owner: string): Promise<string | undefined>
  /** Keeps one file of an import of this owner. One of the same name takes its place. */
  receive(id: string, owner: string, name: string, body: Readable): Promise<Received>
  /** Reads the folder of an import of this owner, which stays as long as that takes; undefined when there is none. */
  read<T>(id: string, owner: string, work: (folder: string) => Promise<T>): Promise<T | undefined>
  /** Throws the files of an import of this owner away, unless they are being read. */
  leave(id: string, owner: string): Promise<void>
  /** Throws an import's files away. */
  close(id: string): Promise<void>
  /** Throws all of them away, also what a server that stopped left behind. */
  clear(): Promise<void>
}

interface Upload {
  readonly owner: string
  readonly openedAt: number
  readonly names: Set<string>
  /** How many are reading it, or writing a file of it. */
  inUse: number
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
  /** An owner's own never stand in the way of the next, nor do many of one owner in the way of others. */
  async function makeRoom(owner: string): Promise<void> {
    const own = [...uploads].filter(([, upload]) => upload.owner === owner)
    if (own.length < UPLOAD.own && uploads.size < UPLOAD.open) return
    const oldest = own.find(([, { inUse }]) => inUse === 0)
    if (oldest) await close(oldest[0])
  }
  async function using<T>(upload: Upload, work: () => Promise<T>): Promise<T> {
    upload.inUse++
    try {
      return await work()
    } finally {
      upload.inUse--
    }
  }
  return {
    async open(owner) {
      await sweep()
      await makeRoom(owner)
      if (uploads.size >= UPLOAD.open) return undefined
      const id = sources.newId()
      uploads.set(id, { owner, openedAt: sources.now(), names: new Set(), inUse: 0 })
      await mkdir(join(root, id), { recursive: true, mode: 0o700 })
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
      const fits = await using(upload, () => store(body, part))
      if (!fits) {
        await rm(part, { force: true })
        return 'tooLarge'
      }
      await rename(part, join(root, id, name))
      upload.names.add(name)
      return 'ok'
    },
    async read(id, owner, work) {
      const upload = held(id, owner)
      return upload && (await using(upload, () => work(join(root, id))))
    },
    async leave(id, owner) {
      if (held(id, owner)?.inUse === 0) await close(id)
    },
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
