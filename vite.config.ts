import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import project from './package.json' with { type: 'json' }

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: folder('./client'),
  define: { __APP_VERSION__: JSON.stringify(project.version) },
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'serviceWorker.ts',
      // A new version waits until somebody accepts it: a running session is never reloaded under a teacher's hands.
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'] },
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
          // Schemas are for what comes over the network: the first load does without them, whichever screen asks for them first.
          groups: [
            { name: 'schemas', test: /node_modules[\\/]zod[\\/]|shared[\\/](api|events|registry)\.ts$/ },
            // Would go with the schemas otherwise, because they need it.
            { name: 'time', test: /shared[\\/](time|zones)\.ts$/, priority: 1 },
          ],
        },
      },
    },
    assetsInlineLimit: 0,
  },
  // `npm run dev` finds the server at its usual place; the built app is served by the server itself.
  server: { proxy: { '/api': 'http://127.0.0.1:8787' } },
  test: {
    root: folder('.'),
    include: ['tests/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Two cores are shared with a browser and a server in the same run.
    testTimeout: 20_000,
  },
})
