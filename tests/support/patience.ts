/** A screen that is tested beside a browser and a server on two cores may take its time: what is waited for is waited for longer than a second. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 8_000 })
}

export {}

// A page's test has byte arrays of the page's own; the server in the same test makes those of Node, and asks what they are.
globalThis.ArrayBuffer = Buffer.alloc(1).buffer.constructor as ArrayBufferConstructor
globalThis.Uint8Array = Object.getPrototypeOf(Buffer.prototype).constructor as Uint8ArrayConstructor
