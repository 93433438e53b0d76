import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sentences } from './sentences.ts'
import { reports, root } from './tool.ts'

/** Vitest is found from the project alone, so the files it plays lie in the project's cache. */
let folder = ''
beforeEach(() => {
  mkdirSync(reports, { recursive: true })
  folder = mkdtempSync(path.join(reports, 'played-'))
  writeFileSync(path.join(folder, 'vitest.config.ts'), `export default { test: { include: ['*.test.ts'], exclude: [] } }\n`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, body: string) =>
  writeFileSync(
    path.join(folder, name),
    `import { existsSync, writeFileSync } from 'node:fs'\nimport { expect, it } from 'vitest'\n${body}\n`,
  )

const play = () => sentences(path.basename(folder), 'node_modules/vitest/vitest.mjs', 'run', '--root', path.relative(root, folder))

describe('A sentence of the check that fails', () => {
  it('is played once more, and the line says which was kept only then', async () => {
    file('kept.test.ts', `it('holds', () => expect(1).toBe(1))`)
    const mark = JSON.stringify(path.join(folder, 'mark'))
    file(
      'moody.test.ts',
      `it('holds later', () => { const was = existsSync(${mark}); writeFileSync(${mark}, ''); expect(was).toBe(true) })`,
    )
    const outcome = await play()
    expect(outcome).toMatchObject({ passed: 2, failed: 0, note: '2 passed, 1 of them only when played again' })
    expect(outcome.words).toContain('moody.test.ts › holds later')
  })

  it('fails the check when it fails again', async () => {
    file('broken.test.ts', `it('never holds', () => expect(1).toBe(2))`)
    const outcome = await play()
    expect(outcome).toMatchObject({ passed: 0, failed: 1 })
    expect(outcome.words).toContain('broken.test.ts › never holds')
  })

  it('fails the check when a file cannot begin', async () => {
    file('kept.test.ts', `it('holds', () => expect(1).toBe(1))`)
    file('lost.test.ts', `import './nowhere.ts'`)
    const outcome = await play()
    expect(outcome.failed).toBe(1)
    expect(outcome.words).toContain('nowhere.ts')
  })

  it('is what breaks beside it, too: the words say what and where, and the file is played again', async () => {
    const mark = JSON.stringify(path.join(folder, 'mark'))
    const stray = (when: string) =>
      `it('holds', async () => { if (${when}) setTimeout(() => { throw new Error('The page threw: no such table') }); await new Promise((on) => setTimeout(on, 50)) })`
    file('kept.test.ts', `it('holds', () => expect(1).toBe(1))`)
    file('moody.test.ts', stray(`!existsSync(${mark})`) + `\nit('marks', () => writeFileSync(${mark}, ''))`)
    const once = await play()
    expect(once).toMatchObject({ passed: 4, failed: 0, note: '4 passed, 1 of them only when played again' })
    expect(once.words).toContain('moody.test.ts, beside its sentences\nError: The page threw: no such table')
    file('moody.test.ts', stray('true'))
    const always = await play()
    expect(always).toMatchObject({ passed: 2, failed: 1 })
    expect(always.words.slice(0, 200)).toContain('moody.test.ts, beside its sentences\nError: The page threw: no such table')
  })
})
