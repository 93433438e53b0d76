/** Reads QR codes from a camera: by the browser's own reader where it has one, else by ours. */
interface Reader {
  /** The text of a code in the picture, if there is one. */
  read(video: HTMLVideoElement): Promise<string | undefined>
}

/** What not every browser has, and the language's own types do not name. */
interface OwnDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>
}
interface OwnDetectorMaker {
  new (options: { readonly formats: readonly string[] }): OwnDetector
  getSupportedFormats(): Promise<readonly string[]>
}

const WIDEST = 900

async function openReader(): Promise<Reader> {
  const { BarcodeDetector: Own } = globalThis as { readonly BarcodeDetector?: OwnDetectorMaker }
  const formats = await Own?.getSupportedFormats().catch((): readonly string[] => [])
  if (Own && formats?.includes('qr_code')) {
    const detector = new Own({ formats: ['qr_code'] })
    return { read: async (video) => (await detector.detect(video))[0]?.rawValue }
  }
  const { decodeQR } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return {
    async read(video) {
      const scale = Math.min(1, WIDEST / video.videoWidth)
      canvas.width = Math.floor(video.videoWidth * scale)
      canvas.height = Math.floor(video.videoHeight * scale)
      if (!context || canvas.width === 0) return undefined
      context.drawImage(video, 0, 0, canvas.width, canvas.height)
      const picture = context.getImageData(0, 0, canvas.width, canvas.height)
      try {
        return decodeQR({ width: canvas.width, height: canvas.height, data: picture.data })
      } catch {
        // No code in this picture.
        return undefined
      }
    },
  }
}

/** Shows the camera in a video and gives every code it sees, until it is stopped. Throws when there is no camera or it is not allowed. */
export async function watchCodes(video: HTMLVideoElement, onCode: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false })
  let isOver = false
  const stop = (): void => {
    isOver = true
    for (const track of stream.getTracks()) track.stop()
  }
  try {
    video.srcObject = stream
    await video.play()
    const reader = await openReader()
    const look = async (): Promise<void> => {
      if (isOver) return
      const text = await reader.read(video).catch(() => undefined)
      if (isOver) return
      if (text !== undefined) onCode(text)
      setTimeout(() => void look(), 60)
    }
    void look()
    return stop
  } catch (error) {
    stop()
    throw error
  }
}
