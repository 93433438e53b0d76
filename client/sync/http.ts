/**
 * The only place that talks to the network. A reply counts only when it carries Recoup's header, is JSON, and has the shape the
 * contract names: a captive portal's page, a proxy's error and a half-read body are all "not ours", never an answer.
 */
import type * as z from 'zod/mini'
import './plainSchemas.ts'
import { API_HEADER, API_MARK, Refusal } from '../../shared/api.ts'
import { noteEnded } from './ended.ts'

export type Reply<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** The server said no, in its own words; `status` is the HTTP status, `retryAfter` how many milliseconds it asks to wait. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string; readonly retryAfter?: number }
  /** Nothing answered in time. */
  | { readonly kind: 'offline' }
  /** Something answered that is not Recoup: a sign-in page of the network, a proxy, a filter. */
  | { readonly kind: 'portal'; readonly status: number }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Nobody is signed in any more as far as the server is concerned, or not as this device. */
const ENDED: ReadonlySet<string> = new Set(['signIn', 'unsigned'])

/** No request of the app waits longer; files, and what is known to take long, get ten times as long. */
const TIMEOUT = 20_000

/** What has to happen before a request; gives the reply in its place when it must not be made. */
type Before = (path: string) => Promise<Exclude<Reply<never>, { kind: 'ok' }> | undefined>
let before: Before | undefined

/** From now on every request waits for this first. */
export const askFirst = (first: Before): void => void (before = first)

/**
 * Sends one request and reads the reply by its schema. A Blob (a file) is sent as its bytes, anything else as JSON.
 * Never throws.
 * @param isLong whether the answer is known to take long
 */
export async function api<T>(
  schema: z.ZodMiniType<T>,
  method: Method,
  path: string,
  body?: unknown,
  isLong = body instanceof Blob,
): Promise<Reply<T>> {
  const instead = await before?.(path)
  if (instead) return instead
  const isFile = body instanceof Blob
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      method,
      redirect: 'error',
      cache: 'no-store',
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...contentType(body, isFile) },
      signal: AbortSignal.timeout(isLong ? TIMEOUT * 10 : TIMEOUT),
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    })
    text = await response.text()
  } catch {
    return { kind: 'offline' }
  }
  const reply = readReply(schema, response.status, response.headers.get(API_HEADER), text, response.headers.get('retry-after'))
  if (reply.kind === 'refused' && reply.status === 401 && ENDED.has(reply.code)) noteEnded()
  return reply
}

/** Judges what came back. Apart from `api`, so that every way of being wrong can be tested without a network. */
export function readReply<T>(
  schema: z.ZodMiniType<T>,
  status: number,
  header: string | null,
  text: string,
  retryAfter: string | null = null,
): Reply<T> {
  if (header !== API_MARK) return { kind: 'portal', status }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'portal', status }
  }
  if (status >= 200 && status < 300) {
    const value = schema.safeParse(json)
    return value.success ? { kind: 'ok', value: value.data } : { kind: 'portal', status }
  }
  const refusal = Refusal.safeParse(json)
  if (!refusal.success) return { kind: 'portal', status }
  // Recoup says it in seconds; a proxy that names a date is asked again by the usual back-off.
  const wait = retryAfter !== null && /^\d{1,5}$/.test(retryAfter) ? { retryAfter: Number(retryAfter) * 1_000 } : {}
  return { kind: 'refused', status, ...refusal.data, ...wait }
}

function contentType(body: unknown, isFile: boolean): Record<string, string> {
  if (body === undefined) return {}
  return { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }
}
