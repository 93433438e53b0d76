import type * as Names from '@testing-library/dom'

/** What is looked for on a page. Every part that is given must hold. */
export interface Sought {
  /** `button` when only a name is given. */
  readonly role?: string
  readonly name?: string | RegExp
  /** The innermost element that says this. */
  readonly text?: string | RegExp
  readonly label?: string
  /** Only within the list's row that says this. */
  readonly row?: string | RegExp
  /** The last of several, not the first. */
  readonly last?: boolean
}

/** Words as they travel to the page. */
export type Wire = { readonly is: string } | { readonly matches: string; readonly flags: string }

interface Asked {
  readonly role: string | undefined
  readonly name: Wire | undefined
  readonly text: Wire | undefined
  readonly label: string | undefined
  readonly row: Wire | undefined
  readonly last: boolean
  /** Only when a pointer would reach it: it is brought into sight, and nothing lies over it. */
  readonly forPointer: boolean
}

/** Runs in the page: the element, or null. Sees nothing but its argument and the page. */
export function seek({ role, name, text, label, row, last, forPointer }: Asked): Element | null {
  const { TestingLibraryDom: dom } = globalThis as unknown as { TestingLibraryDom: typeof Names }
  const words = (element: Element): string => ((element as HTMLElement).innerText ?? '').replaceAll(/\s+/g, ' ').trim()
  const fits = (said: string, of: Wire): boolean => ('is' in of ? said.includes(of.is) : new RegExp(of.matches, of.flags).test(said))
  const saying = (all: readonly Element[], of: Wire): Element[] => {
    const here = all.filter((element) => element.checkVisibility() && fits(words(element), of))
    return here.filter((element) => !here.some((other) => other !== element && element.contains(other)))
  }
  const roots: readonly Element[] = row ? saying([...document.querySelectorAll('li, [role=listitem], tr')], row) : [document.body]
  const found = roots.flatMap((root): Element[] => {
    if (label !== undefined) return dom.queryAllByLabelText(root as HTMLElement, label)
    if (text) return saying([...root.querySelectorAll('*')], text)
    if (!name) return []
    const called = 'is' in name ? name.is : new RegExp(name.matches, name.flags)
    return dom.queryAllByRole(root as HTMLElement, role ?? 'button', { name: called })
  })
  const element = found.filter((each) => each.checkVisibility()).at(last ? -1 : 0)
  if (!element || !forPointer) return element ?? null
  if (element.matches(':disabled')) return null
  element.scrollIntoView({ block: 'center', behavior: 'instant' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const hit = document.elementFromPoint(left + width / 2, top + height / 2)
  return hit && (element.contains(hit) || hit.contains(element)) ? element : null
}
