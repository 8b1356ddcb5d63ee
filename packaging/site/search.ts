/** Asks the search of the built site, as a reader does. */

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../../web/test/browser.js'

/** A machine under load is slow. */
const longestMs = 120_000

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

/** The texts of what is found. Throws where none comes within two minutes. */
export async function foundInSearch(
  site: string,
  page: string,
  asked: string,
): Promise<readonly string[]> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname)
    void readFile(join(site, path)).then(
      (content) =>
        response.setHeader('content-type', types[extname(path)] ?? 'text/plain').end(content),
      () => response.writeHead(404).end(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await openBrowser()
  try {
    const { port } = server.address() as { port: number }
    const tab = await browser.newPage()
    tab.setDefaultTimeout(longestMs)
    await tab.goto(`http://127.0.0.1:${port}${page}`)
    await openSearch(tab)
    await tab.locator('.search-input').fill(asked)
    const results = tab.locator('.VPLocalSearchBox .result')
    await results.first().waitFor()
    return await results.allTextContents()
  } finally {
    await browser.close()
    server.closeAllConnections()
    server.close()
  }
}

/** The key is heard once the page runs, and the page does not tell when. */
async function openSearch(tab: Page): Promise<void> {
  const input = tab.locator('.search-input')
  const endsAt = Date.now() + longestMs
  while (!(await input.isVisible())) {
    if (Date.now() > endsAt) throw new Error('The search does not open.')
    await tab.keyboard.press('Control+k')
    await input.waitFor({ timeout: 2_000 }).catch(() => {})
  }
}
