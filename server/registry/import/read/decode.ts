const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')
const BEYOND_ASCII = /[\u0080-\u00ff]/

/**
 * The text of a cell given as bytes, one character a byte: UTF-8 when it is valid UTF-8, else Windows-1252, the code page of Excel's
 * plain "CSV". Judged cell by cell, so that a file pasted together from both reads right and nothing need be read twice.
 */
export function decodeCell(bytes: string): string {
  if (!BEYOND_ASCII.test(bytes)) return bytes
  const buffer = Buffer.from(bytes, 'latin1')
  try {
    return utf8.decode(buffer)
  } catch {
    return windows1252.decode(buffer)
  }
}
