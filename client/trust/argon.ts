import { argon2id } from 'hash-wasm'

export interface Asked {
  readonly pin: string
  readonly salt: Uint8Array
  /** KiB. */
  readonly memory: number
  readonly passes: number
}

/** Argon2id with one lane: 32 bytes. */
export async function argon({ pin, salt, memory, passes }: Asked): Promise<Uint8Array<ArrayBuffer>> {
  const password = new TextEncoder().encode(pin.normalize('NFKC'))
  const hash = await argon2id({
    password,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
  return new Uint8Array(hash)
}
