import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  // The simulator serves the built files below this path.
  base: '/phones/assets/',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: at('../dist/phone'),
    // A simulator that runs goes on sending what it has: names change with their content.
    emptyOutDir: false,
    assetsDir: '',
    // The page's policy allows no `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
