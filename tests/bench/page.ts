/** Measures inside the page, so that the way there and back costs nothing: what a person's finger and eye would see. */
import type { Page } from 'playwright-core'

/** Milliseconds from the finger to the frame in which the row answered, and to the one in which it says Saved here. */
export interface Tap {
  readonly answered: number
  readonly saved: number
}

declare global {
  interface Window {
    taps: Tap[]
    interactiveAt: number | undefined
  }
}

/** Four times slower, as a school's tablet is against the machine that measures. */
export async function slowDown(page: Page, rate = 4): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
}

/** Watches taps on rows from now on; what they took is in `window.taps`. */
export async function watchTaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.taps = []
    const painted = (then: () => void) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = then
        channel.port2.postMessage(0)
      })
    addEventListener(
      'click',
      ({ timeStamp, target }) => {
        const row = target instanceof Element ? target.closest('li, [role=row]') : null
        if (row === null) return
        let answered = 0
        let saving = false
        const watch = new MutationObserver(() => {
          if (answered === 0) {
            answered = -1
            painted(() => (answered = performance.now() - timeStamp))
          }
          // The word of the tap before is still there until the row has answered.
          if (!saving && answered !== 0 && row.textContent.includes('Saved here') && performance.now() > timeStamp) {
            saving = true
            painted(() => {
              watch.disconnect()
              window.taps.push({ answered, saved: performance.now() - timeStamp })
            })
          }
        })
        watch.observe(row, { subtree: true, childList: true, characterData: true, attributes: true })
      },
      true,
    )
  })
}

/** Taps row after row, not in step with the screen's frames; gives what each took, the first ten left out. */
export async function tapRows(page: Page, count: number, names: readonly string[]): Promise<Tap[]> {
  await page.bringToFront()
  for (let i = 0; i < count; i++) {
    const name = names[(i * 7) % names.length] ?? ''
    const button = page.getByRole('button', { name: new RegExp(`check (in|out) ${name}( again)?$`, 'i') })
    // In the middle: at the edges the bars of the page lie over the rows.
    await button.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    const box = await button.boundingBox()
    if (box === null) throw new Error(`No row for ${name}`)
    await page.waitForTimeout(20 + ((i * 7) % 17))
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await page.waitForFunction((done) => window.taps.length > done, i, { timeout: 10_000 })
  }
  return (await page.evaluate(() => window.taps)).slice(10)
}

/** Notes, in every page opened from now on, when the first check-in button was there and a frame had passed. */
export async function watchStart(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const look = () => {
      const there = [...document.querySelectorAll('button')].some(
        (button) => /check (in|out) /i.test(button.getAttribute('aria-label') ?? button.textContent ?? '') && !button.disabled,
      )
      requestAnimationFrame(there ? () => setTimeout(() => (window.interactiveAt = performance.now())) : look)
    }
    requestAnimationFrame(look)
  })
}
