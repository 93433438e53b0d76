/** Which files may be sent. Reading them is the server's work; here only what can never be right is turned away at once. */
const MOST = 64 * 1024 * 1024

export type FileFault = { readonly kind: 'tooLarge' | 'wrongKind'; readonly name: string }

export function fileFault(file: { readonly name: string; readonly size: number }): FileFault | undefined {
  if (!/\.(csv|zip|txt)$/i.test(file.name)) return { kind: 'wrongKind', name: file.name }
  return file.size > MOST ? { kind: 'tooLarge', name: file.name } : undefined
}

/** Files chosen so far and those chosen now; one with a name already there takes its place. */
export function merged(had: readonly File[], now: readonly File[]): readonly File[] {
  const byName = new Map([...had, ...now].map((file) => [file.name.toLowerCase(), file]))
  return [...byName.values()]
}
