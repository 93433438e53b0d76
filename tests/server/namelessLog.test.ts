import { expect, test, vi } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { fuzz } from '../support/fuzz.ts'
import { browserOf } from './testServer.ts'
import { CANARIES, fuzzDistrict } from '../support/fuzzDistrict.ts'

test('nothing that the server writes to its own log names a student, a person, a password or a token, whatever is asked', async () => {
  const said: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  try {
    const { server, askers, known } = await fuzzDistrict()
    const loud = await buildApp(server.context, true)
    const asker = askers.find(({ name }) => name === 'administrator-elm')
    if (!asker) throw new Error('nobody asks')
    const cookies = [...asker.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const ask = (method: 'GET' | 'POST', url: string, payload?: object) =>
      loud.inject({ method, url, headers: { cookie: cookies }, ...(payload && { payload }) })
    // A fault while a record with names is in hand, a record with names that is refused, and a great many strange requests.
    server.context.log.db.exec('ALTER TABLE quarantine RENAME TO elsewhere')
    const failed = await ask('GET', '/api/quarantine')
    expect(failed.statusCode).toBe(500)
    server.context.log.db.exec('ALTER TABLE elsewhere RENAME TO quarantine')
    await ask('POST', '/api/sign-in', {
      username: CANARIES[0],
      password: `${CANARIES[1]} password`,
      deviceName: CANARIES[0],
      more: CANARIES,
    })
    await ask('GET', `/api/students/${CANARIES[0]}`)
    const heard = askers.map((one) => ({ ...one, browser: browserOf(loud, one.browser.cookies) }))
    await fuzz({ ...server, app: loud }, heard, [...known, ...CANARIES], 300, 9)
    const lines = said.join('')
    expect(lines).toContain('no such table')
    const secrets = [...CANARIES, 'elm-1', ...asker.browser.cookies.values()]
    for (const word of secrets) expect(lines).not.toContain(word)
    await loud.close()
  } finally {
    write.mockRestore()
  }
})
