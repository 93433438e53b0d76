/** A page as a person meets it: found by what it says and what it is called, waited for, pressed and typed into. The same in every engine. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Handle, Tab } from './engine.ts'
import { seek, type Sought, type Wire } from './seek.ts'

/** Names of roles and labels as everybody has them read out, computed by the library that the other tests use. */
const NAMES = readFileSync(createRequire(import.meta.url).resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js'), 'utf8')
const PATIENCE_MS = 20_000

export interface Page {
  readonly tab: Tab
  goto(where: string): Promise<void>
  /** Waits until something is there to be seen. */
  sees(what: Sought, most?: number): Promise<void>
  /** Waits until it is gone. */
  misses(what: Sought): Promise<void>
  press(what: Sought): Promise<void>
  /** Types into the field of this label. */
  types(label: string, text: string): Promise<void>
}

const wire = (of: string | RegExp | undefined): Wire | undefined =>
  typeof of === 'object' ? { matches: of.source, flags: of.flags } : of === undefined ? undefined : { is: of }

export function pageOf(tab: Tab, url: string): Page {
  const look = async (what: Sought, forPointer: boolean): Promise<Handle | undefined> => {
    if (!(await tab.run(() => 'TestingLibraryDom' in globalThis))) await tab.load(NAMES)
    const { role, name, text, label, row, last = false } = what
    const asked = { role, last, forPointer, name: wire(name), text: wire(text), label, row: wire(row) }
    return tab.find(seek, asked)
  }
  const wait = async <T>(what: Sought, most: number, enough: () => Promise<T | undefined>): Promise<T> => {
    const end = Date.now() + most
    let fault = ''
    for (;;) {
      // A page that is being replaced answers with an error: the next one is asked again.
      const found = await enough().catch((error: unknown) => void (fault = String(error)))
      if (found !== undefined) return found
      if (Date.now() > end) {
        const says = await tab.run(() => `${location.href}\n${document.body.innerText}`).catch(String)
        throw new Error(`Waited ${most / 1000} s for ${describe(what)}. ${fault}\nThe page says:\n${says}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const act = (what: Sought, work: (element: Handle) => Promise<void>) =>
    wait(what, PATIENCE_MS, async () => {
      const element = await look(what, true)
      return element === undefined ? undefined : work(element).then(() => true)
    })
  return {
    tab,
    goto: (where) => tab.goto(new URL(where, url).href),
    sees: async (what, most = PATIENCE_MS) => void (await wait(what, most, () => look(what, false))),
    misses: async (what) => void (await wait(what, PATIENCE_MS, async () => (await look(what, false)) === undefined || undefined)),
    press: async (what) => void (await act(what, (element) => tab.press(element))),
    types: async (label, text) => void (await act({ label }, (element) => tab.type(element, text))),
  }
}

const describe = (what: Sought): string =>
  Object.entries(what)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ')
