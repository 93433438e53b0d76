/**
 * Parcels of a locked tablet, one after the other, as they lie there: nobody at the tablet can open them to make one of them. (S14)
 *
 *     'RCBUN1' | for each parcel: 4 bytes, its length, the highest first | the parcel
 */
const MARK = Uint8Array.from('RCBUN1', (letter) => letter.charCodeAt(0))
const LENGTH = 4

/** The most in one bundle: what is beyond goes with the next. */
export const MOST_BUNDLED = 500
/** And in bytes, so that a request with it stays below a mebibyte. */
export const MOST_BUNDLE_BYTES = 700_000

/** A file of some parcels. */
export function bundleFile(parcels: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parcels.reduce((sum, parcel) => sum + LENGTH + parcel.length, MARK.length))
  whole.set(MARK)
  let at = MARK.length
  for (const parcel of parcels) {
    new DataView(whole.buffer).setUint32(at, parcel.length)
    whole.set(parcel, at + LENGTH)
    at += LENGTH + parcel.length
  }
  return whole
}

/** The parcels of a bundle; undefined when it is none, or is not whole. */
export function openBundle(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  if (!MARK.every((byte, i) => bytes[i] === byte)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parcels: Uint8Array[] = []
  for (let at = MARK.length; at < bytes.length; ) {
    const from = at + LENGTH
    if (from > bytes.length || parcels.length === MOST_BUNDLED) return undefined
    const until = from + view.getUint32(at)
    if (until > bytes.length) return undefined
    parcels.push(bytes.subarray(from, until))
    at = until
  }
  return parcels.length === 0 ? undefined : parcels
}
