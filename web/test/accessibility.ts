/** What axe-core finds wrong with a page as it is now. */

import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: ReadonlyArray<{ readonly html: string }>
}

/** The serious and the critical, each with the elements it was found on. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  return faultsOf(page, "{ resultTypes: ['violations'] }")
}

/** The page as it is in the light, and its colours in the dark. Leaves it dark. */
export async function faultsInBothThemes(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const light = await seriousFaults(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await faultsOfColour(page)
  return [...light, ...dark.map((fault) => `in the dark: ${fault}`)]
}

/** A theme changes colours and nothing else: these are the rules that it can break. */
async function faultsOfColour(page: Page): Promise<readonly string[]> {
  const rules = "['color-contrast', 'link-in-text-block']"
  return faultsOf(
    page,
    `{ resultTypes: ['violations'], runOnly: { type: 'rule', values: ${rules} } }`,
  )
}

async function faultsOf(page: Page, options: string): Promise<readonly string[]> {
  // Evaluated, not added as a script: the page's policy allows no script but its own.
  if (!(await page.evaluate<boolean>("'axe' in self"))) await page.evaluate(axe.source)
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(${options}).then((found) => found.violations)`,
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
