/** A new instance and a new pool end with a call that works: what is copied is run, and the message is on the phone. */

import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../sandbox/src/gateway-client.js'
import { pair } from '../../sandbox/src/sandbox.js'
import { faultsInBothThemes } from './accessibility.js'
import { openBrowser } from './browser.js'
import { ConsoleVisits, desktop, enterConsole, newVisitor, phone } from './console-visitor.js'
import { type ConsoleWorld, openConsoleWorld } from './console-world.js'

const run = promisify(execFile)

/** How each is run, under which name it is saved, and what it is known by. */
const programs = {
  curl: ['sh', 'first-call.sh', 'curl -sS'],
  Node: ['node', 'first-call.mjs', 'first-call.mjs'],
  PHP: ['php', 'first-call.php', '<?php'],
  Python: ['python3', 'first_call.py', 'urllib'],
} as const
const names = Object.keys(programs) as (keyof typeof programs)[]

let browser: Browser
let world: ConsoleWorld
let visits: ConsoleVisits
let context: BrowserContext
let folder: string

beforeAll(async () => {
  ;[browser, world] = await Promise.all([openBrowser(), openConsoleWorld()])
  folder = await mkdtemp(join(tmpdir(), 'recado-test-first-call-'))
  visits = new ConsoleVisits(world.url)
  context = await newVisitor(browser)
  const page = await visits.open('', context)
  await enterConsole(page, world.setupCode)
  await page.close()
})

afterAll(async () => {
  await browser.close()
  await world[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const creations = {
  instance: { open: 'New instance', submit: 'Create' },
  pool: { open: 'New pool', submit: 'Create the pool' },
} as const

async function created(
  page: Page,
  kind: keyof typeof creations,
  name: string,
): Promise<SandboxInstance> {
  const { open, submit } = creations[kind]
  await page.getByRole('button', { name: open }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: submit, exact: true }).click()
  const card = page.locator('.card--important')
  await card.getByRole('heading', { name: 'Your first call' }).waitFor()
  const [id = '', token = ''] = await card.locator('.copyable code').allTextContents()
  return { id, token }
}

type Program = keyof typeof programs

/** As the button puts it on the clipboard. */
async function copied(page: Page, language: Program, token: string): Promise<string> {
  const [, , mark] = programs[language]
  await page.locator('.choices__option', { hasText: language }).click()
  const shown = page.locator('.first-call pre', { hasText: mark }).filter({ hasText: token })
  const text = await shown.textContent()
  await page.getByRole('button', { name: 'Copy the call' }).click()
  const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
  await expect.poll(clipboard).toBe(text)
  return clipboard()
}

/** Runs what was copied, and waits for its message on the phone. */
async function reachesThePhone(language: Program, text: string): Promise<void> {
  const [program, file] = programs[language]
  const { recipient } = world
  const before = recipient.messages.length
  await writeFile(join(folder, file), text)
  const { stdout } = await run(program, [file], { cwd: folder })
  expect([language, stdout]).toEqual([language, expect.stringContaining('zaapId')])
  await expect.poll(() => recipient.messages.length).toBe(before + 1)
  expect(recipient.messages.at(-1)?.text).toBe('Hello from Recado')
}

function isHere(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((place) => {
    try {
      accessSync(join(place, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

test.each([
  ['desktop', desktop, '5511977770041'],
  ['phone', phone, '5511977770042'],
])('the first call that is copied sends a message, on a %s', async (name, size, number) => {
  const { client, simulator } = world
  const page = await visits.open('', context)
  await page.setViewportSize(size)
  const instance = await created(page, 'instance', `Filial ${name}`)
  const ofBranch = await simulator.addPhone({ phone: number, name: `Filial ${name}` })
  await pair(client, instance, ofBranch)
  await page.getByLabel('Send to').fill(`+55 11 99999-0002`)
  const calls = new Map<Program, string>()
  for (const language of names) calls.set(language, await copied(page, language, instance.token))
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

  for (const [language, text] of calls)
    if (isHere(programs[language][0])) await reachesThePhone(language, text)

  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('heading', { name: `Filial ${name}` }).waitFor()
  expect(await page.content()).not.toContain(instance.token)
  expect(visits.complaints).toEqual([])
  await page.close()
})

test('the first call of a pool is copied when it is made, and later on its page', async () => {
  const { client, simulator } = world
  const member = await client.createInstance('Filial Recife')
  await pair(client, member, await simulator.addPhone({ phone: '5511977770043', name: 'Recife' }))
  const page = await visits.open('pools', context)
  const pool = await created(page, 'pool', 'Logins')
  await client.addMember(pool, member)
  await page.getByLabel('Send to').fill('5511999990002')
  await reachesThePhone('curl', await copied(page, 'curl', pool.token))

  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: 'Show the call' }).click()
  const card = page.locator('.first-call')
  await card.getByText('/token/TOKEN/send-text').waitFor()
  expect(await page.content()).not.toContain(pool.token)
  await card.getByLabel('Send to').fill('5511999990002')
  await card.getByLabel('Token', { exact: true }).fill(pool.token)
  await reachesThePhone('curl', await copied(page, 'curl', pool.token))
  expect(await faultsInBothThemes(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(visits.complaints).toEqual([])
  await page.close()
})
