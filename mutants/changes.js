/** Stryker's instrumenter puts every small change into the code, each behind a switch. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { prose } from './ignore-prose.js'

const off = () => false
const silent = () => {}
const logger = {
  isTraceEnabled: off,
  isDebugEnabled: off,
  isInfoEnabled: off,
  isWarnEnabled: off,
  isErrorEnabled: off,
  isFatalEnabled: off,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
}

/**
 * @param {readonly string[]} paths relative to the working directory
 * @returns {Promise<import('./trial.ts').Changeable>}
 */
export async function changeable(paths) {
  const texts = new Map(paths.map((path) => [resolve(path), readFileSync(path, 'utf8')]))
  const pathOf = new Map(paths.map((path) => [resolve(path), path]))
  const { files, mutants } = await new Instrumenter(logger).instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, ignorers: [prose], excludedMutations: [] },
  )
  return {
    sources: Object.fromEntries(files.map(({ name, content }) => [name, content])),
    changes: mutants
      .filter(({ status }) => status !== 'Ignored')
      .map(({ id, fileName, location: { start, end }, replacement }) => {
        const line = texts.get(fileName).split('\n')[start.line]
        return {
          id,
          file: pathOf.get(fileName),
          line: start.line + 1,
          column: start.column + 1,
          from:
            start.line === end.line
              ? line.slice(start.column, end.column)
              : `${line.slice(start.column)} …`,
          to: replacement.replaceAll(/\s+/gu, ' '),
        }
      }),
  }
}
