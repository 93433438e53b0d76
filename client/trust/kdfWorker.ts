/** Works out one key beside the page, and is ended. */
import { argon } from './argon.ts'
import type { Asked } from './argon.ts'

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void argon(data).then((key) => postMessage(key))
})
