/**
 * From a PIN to a key: Argon2id, made slow on purpose. How slow is chosen on the device where the PIN is set, and kept with what it locks,
 * so that opening takes about half a second there and guessing takes as long as can be had for that.
 */
import type { Asked } from './argon.ts'

/** Memory in KiB, passes over it. One lane: browsers have no more for it. */
export interface KdfParams {
  readonly memory: number
  readonly passes: number
}

/** The least that is still called strong enough (OWASP, Password Storage): for devices with little memory, and what is measured with. */
const LEAST: KdfParams = { memory: 19_456, passes: 2 }
/** From the strongest down. What it costs an attacker is memory times passes. */
const LADDER: readonly KdfParams[] = [
  { memory: 65_536, passes: 10 },
  { memory: 65_536, passes: 8 },
  { memory: 65_536, passes: 6 },
  { memory: 65_536, passes: 4 },
  { memory: 65_536, passes: 3 },
  { memory: 65_536, passes: 2 },
  { memory: 47_104, passes: 2 },
  LEAST,
]
/** Milliseconds: what the measured device should need, so that a fresh start or a busy processor still stays under a second. */
const WANTED = 600
const SMALL_MEMORY = 2

const costOf = ({ memory, passes }: KdfParams): number => memory * passes

/**
 * The strongest parameters that take no longer than wanted, by how long the least took. With less than 2 GiB of memory it is the least.
 * @param took milliseconds that `LEAST` took on this device
 * @param memory GiB of the device, as far as the browser says
 */
export function paramsFor(took: number, memory: number | undefined): KdfParams {
  if (memory !== undefined && memory < SMALL_MEMORY) return LEAST
  return LADDER.find((params) => (took * costOf(params)) / costOf(LEAST) <= WANTED) ?? LEAST
}

/** Measures this device and chooses. */
export async function chooseParams(): Promise<KdfParams> {
  // The first one starts the machinery, and whatever else the device does meanwhile makes one longer: the shortest says how fast it is.
  let took = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const begun = performance.now()
    await derive('123456', new Uint8Array(16), LEAST)
    took = Math.min(took, performance.now() - begun)
  }
  return paramsFor(took, (navigator as { readonly deviceMemory?: number }).deviceMemory)
}

/** 32 bytes out of a PIN: in a worker, so that the screen goes on; where there are none, here. */
export async function derive(pin: string, salt: Uint8Array, params: KdfParams): Promise<Uint8Array<ArrayBuffer>> {
  const asked: Asked = { pin, salt, ...params }
  if (typeof Worker === 'undefined') return (await import('./argon.ts')).argon(asked)
  const worker = new Worker(new URL('./kdfWorker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => resolve(data)
      worker.onerror = () => reject(new Error('the key could not be worked out'))
      worker.postMessage(asked)
    })
  } finally {
    worker.terminate()
  }
}
