/**
 * Takes a picture of the console's form of every kind of message, filled in with its example, on a desktop and on a
 * phone: `npm run screenshots:send [directory] [path of a call]`.
 */

import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { openBrowser } from '../test/browser.js'
import { enterConsole } from '../test/console-visitor.js'
import { drawnPicture, inEveryLook, pictureDirectory } from './pictures.js'

const directory = await pictureDirectory('recado-send-screenshots')
const [, , , only] = process.argv

await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
const browser = await openBrowser()
try {
  const { gateway, instance } = sandbox
  const first = await browser.newPage()
  await first.goto(`${gateway.url}/console/`)
  await enterConsole(first, sandbox.setupCode ?? '')
  const cookies = await first.context().cookies()
  const picture = await drawnPicture(browser, 'png', {
    width: 640,
    height: 400,
    drawing: '<text x="320" y="225" font-size="72">Loja</text>',
  })
  await inEveryLook(
    browser,
    ({ theme }) => (theme === 'dark' ? 'pt-BR' : 'en-GB'),
    async ({ context, page, suffix }) => {
      await context.addCookies(cookies)
      await page.route(/example\.com/u, (route) =>
        route.fulfill({ contentType: 'image/png', body: picture }),
      )
      await page.goto(`${gateway.url}/console/instances/${instance.id}/send`)
      const choice = page.locator('.call-choice')
      await choice.waitFor()
      const calls = await choice
        .locator('option')
        .evaluateAll((options) => options.map((option) => option.getAttribute('value') ?? ''))
      for (const call of calls.filter((each) => only === undefined || each.endsWith(only)))
        await pictureOf(page, call, suffix)
    },
  )
  process.stdout.write(`${directory}\n`)
} finally {
  await browser.close()
}

async function pictureOf(page: Page, call: string, suffix: string): Promise<void> {
  await page.locator('.call-choice').selectOption(call)
  const example = page.getByRole('button', { name: /^(?:Fill in|Preencher)/u })
  // A call without a body that runs has none.
  if (!(await example.isVisible())) return
  await example.click()
  await page.waitForTimeout(150)
  const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  if (wide === true) process.stderr.write(`${call} is too wide: ${suffix}\n`)
  const name = call.replaceAll(/\W+/gu, '-')
  await page.screenshot({ path: join(directory, `${name}-${suffix}.png`), fullPage: true })
}
