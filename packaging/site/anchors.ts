/** Links of built pages to places in pages. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** Those that lead to no place of that name, with the page that they are in. */
export function brokenAnchors(site: string): readonly string[] {
  const names = readdirSync(site, { recursive: true, encoding: 'utf8' })
  const pages = new Map(
    names
      .filter((name) => name.endsWith('.html'))
      .map((name) => [`/${name}`, readFileSync(join(site, name), 'utf8')]),
  )
  const broken = [...pages].flatMap(([page, html]) =>
    [...html.matchAll(/<a [^>]*?href="([^":#]*)#([^"]+)"/gu)].flatMap(
      ([, path = '', anchor = '']) => {
        const target = posix.resolve(dirname(page), path === '' ? page : path)
        const file = path.endsWith('/') ? posix.join(target, 'index.html') : target
        const place = `id="${decodeURIComponent(anchor)}"`
        return pages.get(file)?.includes(place) === true ? [] : [`${page}: ${path}#${anchor}`]
      },
    ),
  )
  return [...new Set(broken)]
}
