import type { Tone } from './tone.ts'

const SHAPES = {
  dot: 'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z',
  check: 'M6.4 12.6 2 8.2l1.6-1.6 2.8 2.8 6-6L14 5l-7.6 7.6Z',
  warn: 'M8 1.2 15.4 14H.6L8 1.2Zm-.9 4.6v4h1.8v-4H7.1Zm0 5v1.8h1.8v-1.8H7.1Z',
  stop: 'M5 1h6l4 4v6l-4 4H5l-4-4V5l4-4Zm2.1 3v5h1.8V4H7.1Zm0 6.2V12h1.8v-1.8H7.1Z',
  info: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm-.9 6v5h1.8V7H7.1Zm0-3v1.8h1.8V4H7.1Z',
  close: 'm4 2.6 4 4 4-4L13.4 4l-4 4 4 4-1.4 1.4-4-4-4 4L2.6 12l4-4-4-4L4 2.6Z',
  up: 'M8 4.5 13 11H3l5-6.5Z',
  down: 'M8 11.5 3 5h10l-5 6.5Z',
  plus: 'M7 2h2v5h5v2H9v5H7V9H2V7h5V2Z',
  search: 'M7 1.5a5.5 5.5 0 0 1 4.4 8.8l3.2 3.2-1.4 1.4-3.2-3.2A5.5 5.5 0 1 1 7 1.5Zm0 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
  file: 'M3 1h6.5L13 4.5V15H3V1Zm2 2v10h6V6H8V3H5Z',
  print: 'M4 1h8v4h2a1 1 0 0 1 1 1v6h-3v3H4v-3H1V6a1 1 0 0 1 1-1h2V1Zm2 2v2h4V3H6Zm0 7v3h4v-3H6Z',
  download: 'M7 1.5h2v6.1l2.3-2.3 1.4 1.4L8 11.4 3.3 6.7l1.4-1.4L7 7.6V1.5ZM2 13h12v2H2v-2Z',
} as const

export type IconName = keyof typeof SHAPES

/** A small shape beside words. It is decoration for a screen reader: the words say it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg aria-hidden="true" focusable="false" width={size} height={size} viewBox="0 0 16 16" fill="currentColor" style={{ flex: 'none' }}>
      <path fillRule="evenodd" d={SHAPES[name]} />
    </svg>
  )
}

/** The shape that goes with a tone. */
export const TONE_ICON: Readonly<Record<Tone, IconName>> = { calm: 'dot', accent: 'info', good: 'check', warn: 'warn', stop: 'stop' }
