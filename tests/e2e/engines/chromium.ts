/** Chromium, with the same few verbs as the other two. */
import type { ElementHandle } from 'playwright-core'
import { openBrowser } from '../../support/chromium.ts'
import type { Browser, Engine } from './engine.ts'
import { callOf } from './engine.ts'

async function open(profile: string): Promise<Browser> {
  const browser = await openBrowser({ profile })
  return {
    async tab() {
      const page = await browser.context.newPage()
      return {
        goto: async (url) => void (await page.goto(url)),
        reload: async () => void (await page.reload()),
        run: (work, ...args) => page.evaluate(`(async () => ${callOf(work as never, args)})()`),
        load: (script) => page.evaluate(script),
        async find(work, ...args) {
          return (await page.evaluateHandle(callOf(work as never, args))).asElement() ?? undefined
        },
        press: (element) => (element as ElementHandle).click(),
        async type(element, text) {
          await (element as ElementHandle).click()
          await page.keyboard.type(text)
        },
        close: () => page.close(),
      }
    },
    kill: () => browser.kill(),
    close: () => browser.context.close(),
  }
}

export const chromium: Engine = { name: 'Chromium', missing: () => undefined, open }
