/** Hands the person a file made on this device. */
export function save(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the file by the next turn; kept longer, it would only hold memory.
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
