/** Lays out what a release holds, the same for the npm package and for the archive with Node. */

import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleRecado, external } from './bundle.js'
import {
  copyPackage,
  type Package,
  packagesOfPages,
  readPackage,
  withDependencies,
} from './contents.js'
import { licenceFile } from './licences.js'
import { releaseManifest } from './manifest.js'
import { billOfMaterials } from './sbom.js'

export interface Stage {
  readonly folder: string
  /** All whose code is inside, by name. */
  readonly packages: readonly Package[]
}

/**
 * Fills an empty folder. The pages have to be built (`npm run build`). Throws where a package is
 * missing or has no licence.
 *
 * @param left packages not to copy, such as an edition that the Node inside does not use
 */
export async function stageRelease(
  root: string,
  folder: string,
  version: string,
  left: readonly string[] = [],
): Promise<Stage> {
  // The tree of the sources in small, in a folder of its own: npm must not see its packages.
  const app = join(folder, 'app')
  const program = join(app, 'dist')
  await mkdir(program, { recursive: true })
  const bundled = await bundleRecado(root, program)
  await chmod(join(program, 'recado.js'), 0o755)

  const kept = external.filter((name) => !left.includes(name))
  const copied = await withDependencies(root, kept)
  for (const one of copied) await copyPackage(root, one, app)
  for (const page of ['console', 'phone'])
    await cp(join(root, 'web/dist', page), join(app, 'web/dist', page), { recursive: true })

  const folders = new Set([...bundled.packages, ...copied, ...(await packagesOfPages(root))])
  const read = await Promise.all([...folders].map((one) => readPackage(root, one)))
  const packages = unique(read)
  await writeFile(join(folder, 'LICENCES.txt'), await licenceFile(root, packages))
  await writeFile(join(folder, 'sbom.cdx.json'), billOfMaterials(version, packages))
  for (const name of ['LICENSE', 'CHANGELOG.md', 'SECURITY.md'])
    await cp(join(root, name), join(folder, name))
  await cp(join(root, 'packaging/release/README.md'), join(folder, 'README.md'))
  await cp(join(root, 'packaging/proxy'), join(folder, 'packaging/proxy'), {
    recursive: true,
    filter: (source) => !source.endsWith('.ts'),
  })
  for (const name of ['recado.env.example', 'recado-backup.service', 'recado-backup.timer'])
    await cp(join(root, 'packaging', name), join(folder, 'packaging', name))
  const unit = await readFile(join(root, 'packaging/recado.service'), 'utf8')
  await writeFile(
    join(folder, 'packaging/recado.service'),
    unit.replace(/^ExecStart=.*$/mu, 'ExecStart=/opt/recado/bin/recado start'),
  )
  // Where the program looks for its version.
  await cp(join(root, 'gateway/package.json'), join(app, 'gateway/package.json'))
  await writeFile(join(folder, 'package.json'), releaseManifest(version, await enginesOf(root)))
  return { folder, packages }
}

/** One of each version: a package may lie in several places. */
function unique(packages: readonly Package[]): readonly Package[] {
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]))
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function enginesOf(root: string): Promise<unknown> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly engines: unknown }).engines
}
