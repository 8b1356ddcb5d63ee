/** Gateway and sandbox as a few scripts: a start from files resolves and reads some 1,500 modules. */

import { join, relative } from 'node:path'
import { rolldown } from 'rolldown'

/**
 * What stays a package of its own: native modules, those that ours patch where they lie, the one that
 * sends files of its own, and what Baileys asks for where it happens to be installed.
 */
export const external = [
  'better-sqlite3',
  'better-sqlite3-13',
  'sharp',
  '@node-rs/argon2',
  'ws',
  'pg',
  'libsignal',
  '@fastify/swagger-ui',
] as const

const neverInstalled = ['link-preview-js', 'jimp', 'audio-decode']

export interface Bundle {
  /** The folders of the packages whose code is in it, relative to the root. */
  readonly packages: readonly string[]
}

/**
 * Writes `recado.js` and its parts into `target`. Throws where a module cannot be resolved.
 *
 * @param target lies one folder below the place that stands for the root of the sources
 */
export function bundleRecado(root: string, target: string): Promise<Bundle> {
  return bundle(root, { recado: 'packaging/release/recado.ts' }, target, '..')
}

/** Writes the gateway alone into `gateway/dist`, for `npm start`: its files and packages stay where they are. */
export async function bundleGateway(root: string): Promise<void> {
  await bundle(root, { main: 'gateway/src/main.ts' }, join(root, 'gateway/dist'), '../..')
}

/** @param place leads from `target` to what stands for the root of the sources */
async function bundle(
  root: string,
  input: Readonly<Record<string, string>>,
  target: string,
  place: string,
): Promise<Bundle> {
  const outside = [...external, ...neverInstalled]
  const made = await rolldown({
    input,
    cwd: root,
    // How long the parts of a build took is nothing to a person who starts Recado.
    checks: { bundlerTimings: false },
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    // Node 20 does not know `await using`.
    transform: { target: 'es2022' },
    external: (id) => outside.some((name) => id === name || id.startsWith(`${name}/`)),
    plugins: [
      {
        name: 'places-below-the-root',
        // A module finds its files from where its source lay, in a tree of the same shape.
        transform: (code, id) =>
          code.replaceAll(
            'import.meta.url',
            `new URL(${JSON.stringify(`${place}/${relative(root, id)}`)}, import.meta.url).href`,
          ),
      },
    ],
  })
  const { output } = await made.write({
    dir: target,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    comments: false,
    // V8 keeps a script with one other character in twice the memory.
    charset: 'ascii',
  })
  await made.close()
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  return { packages: packagesOf(root, modules) }
}

function packagesOf(root: string, modules: readonly string[]): readonly string[] {
  const folders = modules
    .map((id) => /^(?<folder>.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(relative(root, id)))
    .map((match) => match?.groups?.['folder'])
    .filter((folder) => folder !== undefined)
  return [...new Set(folders)].toSorted()
}
