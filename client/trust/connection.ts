/** What not every browser tells of its network, and the language's own types do not name. */
interface Connection {
  readonly saveData?: boolean
  readonly metered?: boolean
  readonly type?: string
}

/** Whether the network costs by the megabyte, or its owner asked to save data; false where the browser does not say. */
export function isMetered(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: Connection }
  return connection?.saveData === true || connection?.metered === true || connection?.type === 'cellular'
}
