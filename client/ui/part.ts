import { type ComponentType, lazy } from 'react'
import { saidElsewhere } from './lacking.ts'

/** The file of a part of the app did not come. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart'
}

/** A component whose file comes when it is first drawn; when it does not come, drawing it throws a `MissingPart`. */
export const part = <Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> =>
  lazy(async () => {
    try {
      return { default: await load() }
    } catch (cause) {
      saidElsewhere()
      throw new MissingPart(String(cause), { cause })
    }
  })
