import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expected } from '../expected.ts'
import { LIMITS } from './limits.ts'
import { Refusal } from './refusal.ts'
import { openZip } from './zip.ts'

/** A file to import, wherever it lies: on disk, in a folder, in a zip. */
export interface Entry {
  /** Its name without folders, as faults show it. */
  readonly name: string
  /** Its place inside the folder or zip. */
  readonly path: string
  /** Its bytes, from the beginning at every call. */
  open(): AsyncIterable<Uint8Array>
}

/** What a path holds. `close` gives back what it took. */
export interface Input {
  readonly name: string
  readonly entries: readonly Entry[]
  close(): void
}

/** Opens a CSV file, a zip, or a folder of CSV files (or of one zip). Throws a `Refusal` when it is none of these. */
export async function openInput(path: string): Promise<Input> {
  const name = basename(path)
  const found = await stat(path).catch(() => {
    throw new Refusal(name, expected('pathExists', { path }))
  })
  if (found.isDirectory()) return openFolder(name, path)
  if (!found.isFile()) throw new Refusal(name, expected('fileOrFolder'))
  if (found.size > LIMITS.fileBytes) throw new Refusal(name, expected('fileAtMost', { mb: LIMITS.fileBytes / 1024 / 1024 }))
  if (await isZip(path)) return { name, ...(await openZip(name, path)) }
  return { name, entries: [{ name, path: name, open: () => createReadStream(path) }], close: () => undefined }
}

async function openFolder(name: string, folder: string): Promise<Input> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && !file.name.startsWith('.') && /\.(csv|txt|zip)$/i.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .sort()
  if (paths.length > LIMITS.folderFiles) throw new Refusal(name, expected('folderAtMost', { n: LIMITS.folderFiles }))
  const tables = paths.filter((path) => !/\.zip$/i.test(path))
  const [zip, another] = paths.filter((path) => /\.zip$/i.test(path))
  if (tables.length === 0 && zip !== undefined && another === undefined) return openInput(zip)
  const entries = tables.map((path) => ({ name: basename(path), path: path.slice(folder.length + 1), open: () => createReadStream(path) }))
  return { name, entries, close: () => undefined }
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path).catch(() => {
    throw new Refusal(basename(path), expected('fileReadable'))
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.readUInt32BE(0) === 0x504b0304
  } finally {
    await file.close()
  }
}

/**
 * The files of a format that come together, by name without `.csv`. They may lie in a folder of the zip; two such folders are
 * refused, because nothing tells which is meant.
 */
export function filesTogether(input: Input, names: readonly string[], telling: readonly string[]): ReadonlyMap<string, Entry> {
  const folders = new Map<string, Map<string, Entry>>()
  for (const entry of input.entries) {
    const name = entry.name.toLowerCase().replace(/\.(csv|txt)$/, '')
    const known = names.find((one) => one.toLowerCase() === name)
    if (known === undefined) continue
    const folder = entry.path.slice(0, entry.path.length - entry.name.length)
    const files = folders.get(folder) ?? new Map<string, Entry>()
    if (files.has(known)) throw new Refusal(input.name, expected('oneOfName', { file: `${known}.csv` }))
    folders.set(folder, files.set(known, entry))
  }
  const [first, second] = [...folders.values()].filter((files) => telling.some((name) => files.has(name)))
  if (!first) throw new Refusal(input.name, expected('folderWith', { files: telling.map((name) => `${name}.csv`).join(', ') }))
  if (second) throw new Refusal(input.name, expected('oneFolder'))
  return first
}

/** The one table of an extract: the file itself, or the only file of a folder, or the one with the name asked for. */
export function fileAlone(input: Input, names: readonly string[]): Entry {
  const named = input.entries.filter((entry) => names.includes(entry.name.toLowerCase().replace(/\.(csv|txt)$/, '')))
  const [only, another] = input.entries.length === 1 ? input.entries : named
  if (only && !another) return only
  throw new Refusal(input.name, input.entries.length === 0 ? expected('noCsv') : expected('oneCsv', { n: input.entries.length }))
}
