import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { extensionZip } from '../tool/extension-zip.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  // The gateway serves the built files below this path.
  base: '/console/',
  logLevel: 'warn',
  plugins: [react(), extensionZip(at('../extension'))],
  build: {
    outDir: at('../dist/console'),
    emptyOutDir: true,
    assetsDir: 'assets',
    // A file of its own is cached; one inside another is fetched with it each time.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
