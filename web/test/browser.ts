/**
 * A real Chromium for tests that look at pages.
 *
 * Taken from `CHROMIUM_PATH`, else from where distributions put it. Where there is
 * none, on Debian and as root, it is installed; elsewhere the error says what to do.
 */

import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { promisify } from 'node:util'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { slowDown } from './slow-answers.js'

const run = promisify(execFile)

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Calm, and good for a container: no sandbox as root, nothing asked from the network. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How long a page is waited for. Long: only what never comes takes so long, and a busy machine is slow. */
const patienceMs = 60_000
const launchMs = 120_000

/** Throws with the cure when there is no Chromium. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(cure)
  return chromium.launch({ executablePath, args: flags, timeout: launchMs })
}

/**
 * One with an unpacked extension, for an English-speaking person. Playwright switches extensions off unless told.
 *
 * @param profile a folder that the browser makes
 */
export async function openBrowserWith(extension: string, profile: string): Promise<BrowserContext> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(cure)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [...flags, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    timeout: launchMs,
  })
  return prepared(context)
}

/** The context, patient, and slow where that is asked for. Each context of the tests goes through it. */
export async function prepared(context: BrowserContext): Promise<BrowserContext> {
  context.setDefaultTimeout(patienceMs)
  await slowDown(context)
  return context
}

function findChromium(): string | undefined {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no program`)
  }
  return places.find(isProgram)
}

const cure =
  'The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.'

/**
 * Installs Chromium where there is none and this process may. Once a run, before the
 * first test: apt-get lets in one at a time. Where it fails, `openBrowser` says what to do.
 */
export async function provideChromium(): Promise<void> {
  if (findChromium() !== undefined) return
  const mayInstall =
    process.platform === 'linux' && process.getuid?.() === 0 && isProgram('/usr/bin/apt-get')
  if (!mayInstall) return
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env })
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { env })
  } catch (cause) {
    process.stderr.write(`Chromium could not be installed: ${String(cause)}\n`)
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
