/** The developer panel says what is known of real clients, and never more. */

import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../simulator/src/simulator.js'
import { Lab } from '../../simulator/test/support/lab.js'
import { seriousFaults } from './accessibility.js'
import { openBrowser } from './browser.js'
import { PhoneVisitor } from './phone-visitor.js'
import { MARIA, type PhoneWorld, phoneWorld, sendCode, sendText, SHOP } from './phone-world.js'

let browser: Browser
let world: PhoneWorld
let lab: Lab
let visitor: PhoneVisitor

beforeAll(async () => {
  lab = new Lab(await startSimulator())
  ;[browser, world] = await Promise.all([openBrowser(), phoneWorld(lab)])
  visitor = new PhoneVisitor(browser, lab.simulator.controlUrl)
})

afterAll(async () => {
  await browser.close()
  await lab.close()
  lab.expectNothingUnexpected()
})

/** Of each verdict, with one space between two words. */
async function wordsOf(verdicts: Locator): Promise<readonly string[]> {
  const told = await verdicts.allInnerTexts()
  return told.map((text) => text.trim().split(/\s+/u).join(' '))
}

test.for([
  {
    language: 'en-US',
    who: 'a Business number',
    standings: [
      'Android Unknown 2026-07-27',
      'iPhone Unknown 2026-07-27',
      'Web Likely 2026-11-28',
      'Desktop Unknown',
    ],
  },
  {
    language: 'pt-BR',
    who: 'a Business number, in Portuguese',
    standings: [
      'Android Desconhecido 2026-07-27',
      'iPhone Desconhecido 2026-07-27',
      'Web Provável 2026-11-28',
      'Desktop Desconhecido',
    ],
  },
])(
  'a button from $who has the standing and the date of its evidence',
  async ({ language, standings }) => {
    await sendCode(world, { text: 'Código *771201*', code: '771201' })
    const context = await visitor.look({ language, desktop: true })
    await using page = await visitor.open(context, `/phones/${MARIA}#chat/${SHOP}`)
    const verdicts = page.locator('.verdict')
    await expect
      .poll(() => wordsOf(verdicts))
      .toEqual(standings.map((standing) => expect.stringMatching(`^${standing} `)))
    await expect.poll(() => verdicts.locator('svg').count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
  },
)

test('a button from a personal number was seen on Android, and Desktop is disputed', async () => {
  const bazar = await lab.phone('5511988880009', { name: 'Bazar' })
  const client = await lab.linked(bazar)
  await sendCode({ ...world, client }, { text: 'Código *771202*', code: '771202' })
  const context = await visitor.look({ desktop: true })
  await using page = await visitor.open(context, `/phones/${MARIA}#chat/${bazar.phone}`)
  const verdicts = page.locator('.verdict')
  await expect
    .poll(() => wordsOf(verdicts))
    .toEqual([
      expect.stringMatching(/^Android Seen 2026-05-14 /u),
      expect.stringMatching(/^iPhone Likely 2026-04-29 /u),
      expect.stringMatching(/^Web Likely 2026-09-22 /u),
      expect.stringMatching(/^Desktop Disputed 2026-04-29 /u),
    ])
})

test('a text needs no evidence', async () => {
  await sendText(world, 'só um texto')
  const context = await visitor.look({ desktop: true })
  await using page = await visitor.open(context, `/phones/${MARIA}#chat/${SHOP}`)
  await page.getByText('só um texto').first().waitFor()
  const verdicts = page.locator('.verdict')
  await expect
    .poll(() => wordsOf(verdicts))
    .toEqual(['Android Everything', 'iPhone Everything', 'Web Everything'])
})

test('the pages made no error and asked for nothing from elsewhere', () => {
  expect(visitor.complaints).toEqual([])
})
