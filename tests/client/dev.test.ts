// Working on the app: the page with hot reload must reach the server that was started with it.
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createServer } from 'vite'
import { expect, onTestFinished, test, vi } from 'vitest'

test('While developing, the page asks the server at the port it was told to listen on', async () => {
  const server = createHttpServer((request, response) => response.end(`asked for ${request.url}`)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  vi.stubEnv('PORT', String((server.address() as AddressInfo).port))
  const page = await createServer({
    configFile: path.resolve(import.meta.dirname, '../../vite.config.ts'),
    server: { port: 0, host: '127.0.0.1' },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'silent',
  })
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    server.close()
    await page.close()
  })
  await page.listen()
  const address = page.httpServer?.address()
  if (!address || typeof address === 'string') throw new Error('the page is served nowhere')
  expect(await (await fetch(`http://127.0.0.1:${address.port}/api/health`)).text()).toBe('asked for /api/health')
})
