/** The commands of `docs/vps.md`, read from the page itself: what is tried is what a person reads. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** One code block. */
export interface Step {
  /** The heading above it, such as `1. Install`. */
  readonly section: string
  /** For bash, as they stand there. */
  readonly commands: string
}

/** The blocks of the numbered sections, in their order. Those of other ways, such as compose, are left out. */
export function stepsOf(markdown: string): readonly Step[] {
  const [, ...sections] = markdown.split(/^## /mu)
  return sections.flatMap((text) => {
    const [section = ''] = text.split('\n', 1)
    if (!/^\d+\. /u.test(section)) return []
    return [...text.matchAll(/^```sh\n(?<commands>[\s\S]*?)^```$/gmu)].map((match) => ({
      section,
      commands: match.groups?.['commands'] ?? '',
    }))
  })
}

export async function readSteps(root: string): Promise<readonly Step[]> {
  return stepsOf(await readFile(join(root, 'docs/vps.md'), 'utf8'))
}

/** What the page leaves to its reader. */
export interface Server {
  readonly name: string
  /** The version that is installed first; the page calls it 0.1.0. */
  readonly before: string
  /** The version of the upgrade; the page calls it 0.2.0. */
  readonly after: string
}

/** Puts the reader's own values in. Nothing else is changed. */
export function forServer({ commands }: Step, server: Server): string {
  const versions: Readonly<Record<string, string>> = {
    '0.1.0': server.before,
    '0.2.0': server.after,
  }
  return commands
    .replaceAll('YOUR-NAME', server.name)
    .replaceAll(/\b0\.[12]\.0\b/gu, (version) => versions[version] ?? version)
}
