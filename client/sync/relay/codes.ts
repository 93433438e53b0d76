/** A text as a QR code, and a code's text out of a picture. A file of its own: only who hands over without a network loads it. */
import encodeQR from 'qr'

/** The modules of a code, row by row, with its quiet edge; true is dark. */
export const modulesOf = (text: string): readonly (readonly boolean[])[] =>
  encodeQR(text, 'raw', { encoding: 'alphanumeric', ecc: 'low', border: 4 })

/** The code as one path of an SVG whose unit is a module: what is dark, row by row. */
export const pathOf = (modules: readonly (readonly boolean[])[]): string =>
  modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
