/** The page of nodes in a real browser: who runs what, and a hand-over after a node was killed. */

import { expect, onTestFinished, test } from 'vitest'
import { NodeJourney, type NodeOfJourney } from '../../gateway/test/support/node-journey.js'
import { setupCodeIn } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, enterConsole, newVisitor, phone } from './console-visitor.js'

test('shows the nodes with their instances, and the hand-over from one that was killed', async () => {
  const [browser, journey] = await Promise.all([openBrowser(), NodeJourney.start(2)])
  onTestFinished(async () => {
    await browser.close()
    await journey[Symbol.asyncDispose]()
  })
  const [first, second] = journey.nodes as [NodeOfJourney, NodeOfJourney]
  const instance = await journey.pairedInstance(first)
  const owner = await journey.ownerOf(instance)
  const [killed, left] = owner === first ? [first, second] : [second, first]
  const visits = new ConsoleVisits(left.process.url)
  const context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, setupCodeIn(left.process.output) ?? '')
  await page.getByRole('link', { name: 'Nodes' }).click()
  const rowOf = (node: NodeOfJourney) =>
    page.getByRole('row').filter({ hasText: node.process.url }).first()
  await expect.poll(() => rowOf(killed).getByRole('cell').allTextContents()).toContain('1')
  await rowOf(left).getByText('this one').waitFor()
  await page.getByText('No instance went to another node.').waitFor()

  killed.process.kill('SIGKILL')
  const [from, to] = [killed, left].map(({ process }) => new URL(process.url).host)
  const way = `${from} → ${to}`
  const handover = page.getByRole('row').filter({ hasText: way })
  await handover.getByText('No heartbeat').waitFor({ timeout: 60_000 })
  await journey.handedOver(instance)
  await handover.getByText(/\d s$/u).waitFor({ timeout: 60_000 })
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Português' }).click()
  await page.getByRole('heading', { name: 'Trocas de nó' }).waitFor()
  await page.setViewportSize(phone)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(phone.width)
  expect(visits.complaints).toEqual([])
})
