/** How long a page takes until something of it is seen. */

import type { Page } from 'playwright-core'

/** As often as it is loaded until the machine had a moment for it. */
const loads = 4
const soonMs = 1_000
/** What a page of one word takes where nothing else runs. */
const usualMs = 60

/**
 * In milliseconds of a machine that has nothing else to do, the shortest of a few loads: a machine that others use is slow
 * at times, a slow page always. Where a page of one word is slow too, so is the machine.
 */
export async function firstPaintMs(page: Page): Promise<number> {
  let shortest = await paintOf(page)
  for (let load = 1; load < loads && shortest >= soonMs; load += 1) {
    const slowness = Math.max(1, (await paintOfOneWord(page)) / usualMs)
    await page.reload()
    shortest = Math.min(shortest, (await paintOf(page)) / slowness)
  }
  return shortest
}

async function paintOfOneWord(beside: Page): Promise<number> {
  await using page = await beside.context().newPage()
  await page.goto('data:text/html,<p>word')
  return paintOf(page)
}

function paintOf(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries())
        if (name === 'first-contentful-paint') done(startTime)
    }).observe({ type: 'paint', buffered: true })
  })`)
}
