/** A film of QR codes for a browser's pretended camera: each code for some frames, in the raw form the browser reads (YUV4MPEG2). */
import { writeFileSync } from 'node:fs'
import { modulesOf } from '../../client/sync/relay/codes.ts'

const WIDTH = 640
const HEIGHT = 480
/** At ten frames a second, as long as a screen shows each. */
const FRAMES_EACH = 4

/** Writes the film of some texts to a file. */
export function filmOf(texts: readonly string[], file: string): void {
  const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = texts.flatMap((text) => {
    const light = Buffer.alloc(WIDTH * HEIGHT, 255)
    const modules = modulesOf(text)
    const scale = Math.floor(HEIGHT / modules.length)
    const left = Math.floor((WIDTH - modules.length * scale) / 2)
    for (const [y, row] of modules.entries())
      for (const [x, dark] of row.entries())
        if (dark)
          for (let i = 0; i < scale; i++)
            light.fill(16, (y * scale + i) * WIDTH + left + x * scale, (y * scale + i) * WIDTH + left + (x + 1) * scale)
    return Array.from({ length: FRAMES_EACH }, () => Buffer.concat([Buffer.from('FRAME\n'), light, colour]))
  })
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`), ...frames]))
}

/** What makes a browser take the film for its camera, and ask nobody whether it may. */
export const cameraFlags = (file: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]
