import { isSameName } from '../sameName.ts'

interface Said {
  readonly line: number
  readonly first: string
  readonly last: string
  readonly ssid: string | null
}

/** The people a file has named so far, by number. */
export interface Repeats {
  /** The line that has a number for somebody else; undefined when there is none, and then the row stands for later ones. */
  other(localId: string, said: Said): number | undefined
}

/** One number is one child: a second line may name another school of the same one, and nobody else. */
export function openRepeats(): Repeats {
  const named = new Map<string, Said>()
  return {
    other(localId, said) {
      const before = named.get(localId)
      if (before === undefined) {
        named.set(localId, said)
        return undefined
      }
      const isOther = !isSameName(before, said) || (before.ssid !== null && said.ssid !== null && before.ssid !== said.ssid)
      if (isOther) return before.line
      named.set(localId, { ...before, ssid: before.ssid ?? said.ssid })
      return undefined
    },
  }
}
