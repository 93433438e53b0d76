/** Passwords: argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane), as a PHC string. */
import { argon2, timingSafeEqual } from 'node:crypto'

const MEMORY = 19 * 1024
const PASSES = 2
const LANES = 1

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parameters = {
      message: password.normalize('NFKC'),
      nonce: salt,
      parallelism: LANES,
      tagLength: 32,
      memory: MEMORY,
      passes: PASSES,
    }
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** A password's hash, to be stored. `random` gives the salt. */
export async function hashPassword(password: string, random: (bytes: number) => Buffer): Promise<string> {
  const salt = random(16)
  const key = await derive(password, salt)
  return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=${LANES}$${salt.toString('base64')}$${key.toString('base64')}`
}

/** Whether a password is the one whose hash this is. Does the same work when there is no hash, so that time tells nobody who has an account. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, , , , salt, key] = (stored ?? '').split('$')
  const derived = await derive(password, Buffer.from(salt ?? 'bm8gc3VjaCBhY2NvdW50', 'base64'))
  const held = Buffer.from(key ?? '', 'base64')
  return held.length === derived.length && timingSafeEqual(held, derived)
}
