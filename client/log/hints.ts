/** What one tab tells the others. Only a hint: whoever hears it reads the store, and whoever misses it reads when it is looked at again. */
export type Hint =
  | { readonly kind: 'rows' }
  | { readonly kind: 'pages' }
  | { readonly kind: 'settled'; readonly ids: readonly string[] }
  | { readonly kind: 'anew' }

export interface Hints {
  post(hint: Hint): void
  listen(listener: (hint: Hint) => void): () => void
}

/** Hints over a BroadcastChannel; silent where there is none. */
export function openHints(name: string): Hints {
  if (typeof BroadcastChannel === 'undefined') return { post: () => undefined, listen: () => () => undefined }
  const channel = new BroadcastChannel(name)
  return {
    post: (hint) => channel.postMessage(hint),
    listen(listener) {
      const onMessage = (message: MessageEvent<Hint>) => listener(message.data)
      channel.addEventListener('message', onMessage)
      return () => channel.removeEventListener('message', onMessage)
    },
  }
}
