/**
 * What the tools that take pictures share: where they lie, and the four ways in which
 * each page is looked at. A person looks at the pictures; no test compares them.
 */

import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'

/** Named on the command line, else in the directory for temporary files. */
export async function pictureDirectory(name: string): Promise<string> {
  const directory = process.argv[2] ?? join(tmpdir(), name)
  await mkdir(directory, { recursive: true })
  return directory
}

export const sizes = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
} as const

export interface Look {
  readonly size: keyof typeof sizes
  readonly theme: 'light' | 'dark'
}

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** Of a file, without its ending. */
  readonly suffix: string
}

/** In both themes on a desktop and on a phone, each in a browser that knows nothing. */
export async function inEveryLook(
  browser: Browser,
  localeOf: (look: Look) => string,
  visit: (visit: Visit) => Promise<void>,
): Promise<void> {
  for (const size of ['desktop', 'phone'] as const)
    for (const theme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport: sizes[size],
        colorScheme: theme,
        reducedMotion: 'reduce',
        locale: localeOf({ size, theme }),
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      await visit({ context, page: await context.newPage(), suffix: `${size}-${theme}` })
      await context.close()
    }
}

interface Scene {
  readonly width: number
  readonly height: number
  /** What is drawn inside its SVG. */
  readonly drawing: string
}

/** A picture for the header of a message: drawn by the browser that is there anyway. */
export async function drawnPicture(
  browser: Browser,
  type: 'jpeg' | 'png',
  { width, height, drawing }: Scene,
): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width, height } })
  page.setDefaultTimeout(60_000)
  await page.setContent(
    `<body style="margin:0;background:#0b7a6b"><svg width="${width}" height="${height}" fill="#fff"
      font-family="sans-serif" text-anchor="middle">${drawing}</svg>`,
  )
  const picture = await page.screenshot({ type })
  await page.close()
  return picture
}
