/** The licences of all that is inside, in one file, and what they ask of a person who passes it on. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Package } from './contents.js'

const introduction = `Licences of what is inside this archive of Recado

Recado's own code is under the MIT licence (LICENSE). Inside is also libsignal, which is under the
GNU General Public License, version 3. The archive as a whole is therefore a combined work: if you
pass it on, changed or not, do so under GPL-3.0 and pass on, or offer, its source too. To run it,
also as a service for others, has no condition. libvips, a part of sharp, is a library of its own
under LGPL-3.0 and may be exchanged for another build of it.

The source: the repository of Recado at the tag of this version. Its package-lock.json names the exact
version of each package below; \`npm ci && npm run release\` makes this archive from them.
sbom.cdx.json beside this file is the same list for programs.
`

/** Throws where a package tells no licence that has a text here. */
export async function licenceFile(root: string, packages: readonly Package[]): Promise<string> {
  const parts = [introduction]
  for (const one of packages)
    parts.push(
      `${one.name} ${one.version} (${one.licence})\n\n${(await textOf(root, one)).trim()}\n`,
    )
  return parts.join(`\n${'-'.repeat(78)}\n\n`)
}

async function textOf(root: string, one: Package): Promise<string> {
  const names = await readdir(join(root, one.folder))
  const own = names.filter((name) => /^(?:licen[cs]e|copying|notice)/iu.test(name)).toSorted()
  const texts = await Promise.all(own.map((name) => readFile(join(root, one.folder, name), 'utf8')))
  if (texts.length > 0) return texts.join('\n\n')
  if (one.licence === 'MIT') return mit(one.author)
  if (one.licence !== 'LGPL-3.0-or-later')
    throw new Error(`${one.name} (${one.licence}) brings no text of its licence`)
  // It lists the libraries that are built into it.
  const readme = await readFile(join(root, one.folder, 'README.md'), 'utf8')
  const lesser = await readFile(join(root, 'packaging/licences/LGPL-3.0.txt'), 'utf8')
  return `${readme}\n\n${lesser}`
}

const mit = (author: string) => `Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense,
and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN
NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY,
WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
