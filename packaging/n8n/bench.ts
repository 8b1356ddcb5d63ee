/** A copy of the n8n node with n8n's tools beside it. */

import { cpSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { longestMs, run, workshop } from '../workshop.js'

const nodePackage = resolve(import.meta.dirname, '../../packages/n8n-nodes-recado')

/** Copies the package into a folder with n8n's tools, and gives the environment for them. */
export function benchForNode(installWithinMs = longestMs): {
  folder: string
  run: (command: string) => string
} {
  const { devDependencies } = JSON.parse(readFileSync(join(nodePackage, 'package.json'), 'utf8'))
  const tools = workshop('n8n-tools', devDependencies, undefined, installWithinMs)
  const folder = join(tools, 'package')
  rmSync(folder, { recursive: true, force: true })
  cpSync(nodePackage, folder, {
    recursive: true,
    filter: (path) => !/(?:node_modules|dist|test)$/u.test(path),
  })
  const bin = join(tools, 'node_modules/.bin')
  const env = { PATH: [bin, process.env['PATH'] ?? ''].join(delimiter) }
  return { folder, run: (command) => run('n8n-node', [command], folder, env) }
}
