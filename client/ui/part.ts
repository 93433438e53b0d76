import { type ComponentType, lazy } from 'react'

/** The file of a part of the app did not come. */
export class MissingFile extends Error {
  override readonly name = 'MissingFile'
}

/** A component whose file comes when it is first drawn; when it does not come, drawing it throws a `MissingFile`. */
export const part = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> =>
  lazy(() =>
    load().then(
      (component) => ({ default: component }),
      (cause: unknown) => {
        throw new MissingFile(String(cause), { cause })
      },
    ),
  )
