/** Somebody who sits before the console. */

import type { Page } from 'playwright-core'

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
