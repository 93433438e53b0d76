import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import project from './package.json' with { type: 'json' }
import { verifierPage } from './vite.verifier.ts'

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const OPENING = 'opening'
/** What the teacher's way from opening to a tap stands on. */
const FIRST_LOAD =
  /node_modules[\\/](react|react-dom|scheduler|wouter|regexparam|use-sync-external-store|dexie|uuid|@noble[\\/]hashes)[\\/]|client[\\/](log[\\/]|sync[\\/](ended|signIns)\.ts$|words[\\/](common|format|index|language|en|es|reasons|student|teacher)\.ts$)|client[\\/]trust[\\/](halfTyped|forgetPerson|marker)\.ts$|shared[\\/]((attendance|sync)[\\/]|rules[\\/]version\.ts$)/
/** What is needed only with a network. */
const NETWORK =
  /node_modules[\\/]zod[\\/]|shared[\\/](api|events|registry)\.ts$|client[\\/]sync[\\/](http|syncLoop|round|push|pull|receipt|parity)\.ts$/

/**
 * Runs the first read as a script of its own, ahead of the app: the disk is at work while the rest is still being read and compiled.
 * No file is of another origin: the attribute that says so would have the browser ask the service worker twice for some of them.
 */
const openFirst: Plugin = {
  name: 'open-first',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const chunk = Object.values(bundle ?? {}).find((file) => file.type === 'chunk' && file.name === OPENING)
      if (!chunk) return html
      return {
        html: html.replaceAll(/ crossorigin(?=[ >])/g, ''),
        tags: [{ tag: 'script', attrs: { type: 'module', async: true, src: `/${chunk.fileName}` }, injectTo: 'head-prepend' }],
      }
    },
  },
}

/** Has the browser compile all of the first load beside the page's own work, not function by function while the first screen is drawn. */
const compileAtOnce: Plugin = {
  name: 'compile-at-once',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && [OPENING, 'app', 'index'].includes(file.name)) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
    },
  },
}

export default defineConfig({
  root: folder('./client'),
  define: { __APP_VERSION__: JSON.stringify(project.version) },
  plugins: [
    react(),
    openFirst,
    compileAtOnce,
    verifierPage,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'serviceWorker.ts',
      // A new version waits until somebody accepts it: a running session is never reloaded under a teacher's hands.
      registerType: 'prompt',
      injectRegister: false,
      // One classic script: what is imported in it only later is evaluated only then, and every browser that has workers can read it.
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        globIgnores: ['verify.html'],
      },
      manifest: {
        name: 'Recoup',
        short_name: 'Recoup',
        description: 'Check-in for Attendance Recovery. Works without a network.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#fbfaf7',
        theme_color: '#0b5c6b',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Left to itself the bundler puts what several late files share into the first load, and cuts that into many files.
          groups: [
            { name: OPENING, test: /client[\\/](opening|log[\\/](firstRead|running))\.ts$|shared[\\/](time|zones)\.ts$/, priority: 2 },
            { name: 'app', test: FIRST_LOAD, priority: 1 },
            { name: 'network', test: NETWORK },
          ],
        },
      },
    },
    assetsInlineLimit: 0,
  },
  // `npm run dev` finds the server where it was told to listen; the built app is served by the server itself.
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT || 8787}` } },
  test: {
    root: folder('.'),
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Of two cores one would stand still otherwise.
    maxWorkers: 2,
    // Two cores are shared with a browser and a server in the same run.
    testTimeout: 20_000,
    setupFiles: [folder('tests/support/patience.ts')],
  },
})
