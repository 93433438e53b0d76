/** Papers behind an entry: the file under its own hash in the data folder, and who brought it when. Nothing here is changed or taken away. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DOCUMENT_MOST, type DocumentPlace, type DocumentView } from '../../shared/api/day.ts'
import type { Me } from '../../shared/api/people.ts'
import type { Scope } from '../log/deliver.ts'
import type { Log } from '../log/log.ts'

export type Kept = { readonly kind: 'kept'; readonly document: DocumentView } | { readonly kind: 'tooLarge' | 'notADocument' }

export interface Documents {
  /** Takes a file in as it arrives; what it is is read from its first bytes, not from what it is called. */
  keep(place: DocumentPlace, by: Me, body: Readable): Promise<Kept>
  /** Those of the sites of a scope, newest first. */
  list(scope: Scope): DocumentView[]
  get(id: string): DocumentView | undefined
  /** The file itself. */
  open(document: DocumentView): ReadStream
}

type Line = Omit<DocumentView, 'on' | 'byName'> & { readonly school_date: DocumentView['on']; readonly by_name: string }

/** @param folder of the documents alone */
export function openDocuments({ db, sources, write }: Log, folder: string): Documents {
  const named = `SELECT d.*, coalesce(json_extract(v.body, '$.name'), '') AS by_name FROM document d
    LEFT JOIN record r ON r.kind = 'staff' AND r.id = d.by LEFT JOIN record_version v ON v.seq = r.seq`
  const all = db.prepare<[], Line>(`${named} ORDER BY d.at DESC, d.id DESC`)
  const ofSites = db.prepare<[string], Line>(`${named} WHERE d.site IN (SELECT value FROM json_each(?)) ORDER BY d.at DESC, d.id DESC`)
  const one = db.prepare<[string], Line>(`${named} WHERE d.id = ?`)
  const put = db.prepare(
    'INSERT INTO document (id, sha256, name, type, bytes, site, session, section, school_date, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const pathOf = (sha256: string): string => join(folder, sha256)
  const get = (id: string): DocumentView | undefined => {
    const line = one.get(id)
    return line && viewOf(line)
  }
  return {
    async keep(place, by, body) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const part = join(folder, `.${sources.newId()}.part`)
      const { bytes, sha256, head } = await store(body, part)
      const type = typeOf(head)
      if (bytes > DOCUMENT_MOST || type === undefined) {
        await rm(part, { force: true })
        return { kind: bytes > DOCUMENT_MOST ? 'tooLarge' : 'notADocument' }
      }
      await rename(part, pathOf(sha256))
      const id = sources.newId()
      const { site, name, session = null, section = null, on = null } = place
      write(() => put.run(id, sha256, name, type, bytes, site, session, section, on, by.staff, sources.now()))
      return { kind: 'kept', document: get(id) as DocumentView }
    },
    list: (scope) => (scope === 'all' ? all.all() : ofSites.all(JSON.stringify(scope))).map(viewOf),
    get,
    open: ({ sha256 }) => createReadStream(pathOf(sha256)),
  }
}

const viewOf = ({ school_date, by_name, ...line }: Line): DocumentView => ({ ...line, on: school_date, byName: by_name })

/** Writes a body to a file, and reads its hash and first bytes on the way. What is beyond the most is read and let go. */
async function store(body: Readable, path: string): Promise<{ bytes: number; sha256: string; head: Buffer }> {
  const hash = createHash('sha256')
  let bytes = 0
  let head: Buffer = Buffer.alloc(0)
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length
        if (head.length < 16) head = Buffer.concat([head, chunk]).subarray(0, 16)
        if (bytes > DOCUMENT_MOST) continue
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600, flush: true }),
  )
  return { bytes, sha256: hash.digest('hex'), head }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

function typeOf(head: Buffer): DocumentView['type'] | undefined {
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return 'application/pdf'
  if (head.subarray(0, 3).equals(JPEG)) return 'image/jpeg'
  return head.subarray(0, 8).equals(PNG) ? 'image/png' : undefined
}
