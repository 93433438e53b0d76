/** Builds the page that checks audit packets into one file, which an auditor takes along and opens without a network. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const folder = fileURLToPath(new URL('./client/verifier', import.meta.url))

async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `${folder}/main.ts`, formats: ['iife'], name: 'verifier', fileName: 'verifier' },
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const chunk = outputs.flatMap((one) => ('output' in one ? one.output : [])).find((file) => file.type === 'chunk')
  if (!chunk) throw new Error('the verifier was not built')
  return chunk.code.replaceAll('</script', '<\\/script')
}

/** `verify.html`: it may run its own script and nothing else, and may reach nothing at all. */
export const verifierPage: Plugin = {
  name: 'verifier-page',
  apply: 'build',
  async generateBundle() {
    const code = await script()
    const hash = createHash('sha256').update(code).digest('base64')
    const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`
    const page = readFileSync(`${folder}/index.html`, 'utf8')
      .replace(
        '<meta charset="utf-8" />',
        () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      )
      .replace('</main>', () => `</main>\n    <script>${code}</script>`)
    this.emitFile({ type: 'asset', fileName: 'verify.html', source: page })
  },
}
