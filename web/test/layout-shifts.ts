/** What moves on a page by itself, as the browser measures it: the layout shifts that no input asked for. */

import type { BrowserContext, Page } from 'playwright-core'

interface Shift {
  readonly value: number
  readonly moved: readonly string[]
}

const observe = `
  self.shifts = []
  self.shiftsOf = (entries) => {
    for (const { value, hadRecentInput, sources } of entries) {
      if (hadRecentInput) continue
      const moved = sources.map(({ node, previousRect: from, currentRect: to }) =>
        [node?.outerHTML ?? node?.textContent ?? 'gone', from.x, from.y, '->', to.x, to.y].join(' '))
      self.shifts.push({ value, moved })
    }
  }
  self.shiftObserver = new PerformanceObserver((list) => self.shiftsOf(list.getEntries()))
  self.shiftObserver.observe({ type: 'layout-shift', buffered: true })`

/** Every page that is opened from now on is watched from its beginning. */
export async function watchShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(observe)
}

/** Of all pages, by their names. Nothing where nothing has moved. */
export async function shiftsOf(
  pages: Readonly<Record<string, Page>>,
): Promise<ReadonlyArray<readonly [name: string, shifts: readonly Shift[]]>> {
  const all = await Promise.all(
    Object.entries(pages).map(async ([name, page]) => [name, await shiftsOn(page)] as const),
  )
  return all.filter(([, shifts]) => shifts.length > 0)
}

/** All since the page was loaded, the last frame too. */
async function shiftsOn(page: Page): Promise<readonly Shift[]> {
  await page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
  )
  return page.evaluate<readonly Shift[]>(
    'self.shiftsOf(self.shiftObserver.takeRecords()), self.shifts',
  )
}
