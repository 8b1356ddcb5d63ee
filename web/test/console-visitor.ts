/** A person at the console. */

import type { Browser, BrowserContext, Page } from 'playwright-core'
import { prepared } from './browser.js'

export const administrator = { name: 'ana', password: 'correct horse battery' }

/** Makes the first administrator on the page that is open, and waits until the console is. */
export async function enterConsole(page: Page, setupCode: string): Promise<void> {
  await page.locator('[name=setupCode]').fill(setupCode)
  await page.locator('[name=name]').fill(administrator.name)
  await page.locator('[name=password]').fill(administrator.password)
  await page.locator('[name=again]').fill(administrator.password)
  await page.locator('form [type=submit]').click()
  await page.locator('nav button').waitFor()
}

export async function logIn(page: Page, password = administrator.password): Promise<void> {
  await page.getByLabel('Name').fill(administrator.name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

export const desktop = { width: 1280, height: 900 }
export const phone = { width: 390, height: 844 }

export async function newVisitor(
  browser: Browser,
  viewport: typeof desktop = desktop,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  return prepared(context)
}

/** Opens pages, and notes what none may do: errors, and requests to elsewhere. */
export class ConsoleVisits {
  readonly complaints: string[] = []
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async open(path: string, by: BrowserContext): Promise<Page> {
    const page = await by.newPage()
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('request', (request) => {
      // A chosen file has an address within the page.
      const url = request.url().replace(/^blob:/u, '')
      if (!url.startsWith(this.#url)) this.complaints.push(request.url())
    })
    page.on('console', (line) => {
      if (/Content.Security.Policy/iu.test(line.text())) this.complaints.push(line.text())
    })
    await page.goto(`${this.#url}/console/${path}`)
    return page
  }
}
