/**
 * Lets a page import the URL of the zipped browser extension: `import url from 'virtual:extension-zip'`.
 * The build of the page packs it, so that both always have one version.
 */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { zipOf } from './zip.js'

const imported = 'virtual:extension-zip'
const resolved = `\0${imported}`
/** What a browser shows as the folder of the extension. */
const inside = 'recado-passkey'

/** @param folder holds `manifest.json` */
export function extensionZip(folder: string): Plugin {
  return {
    name: 'extension-zip',
    resolveId: (id) => (id === imported ? resolved : undefined),
    async load(id) {
      if (id !== resolved) return undefined
      const names = (await readdir(folder)).toSorted()
      const entries = await Promise.all(
        names.map(async (name) => ({
          name: `${inside}/${name}`,
          content: await readFile(join(folder, name)),
        })),
      )
      const file = this.emitFile({ type: 'asset', name: `${inside}.zip`, source: zipOf(entries) })
      return `export default import.meta.ROLLUP_FILE_URL_${file}`
    },
  }
}
