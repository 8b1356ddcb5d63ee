/** Runs a command of `recado` as an operator does, on the data of a journey's gateway. */

import { execFile } from 'node:child_process'
import { inject } from 'vitest'
import type { Simulator } from '@recado/simulator'
import { placeOf } from '../../../sandbox/src/sandbox.js'

export interface CommandEnd {
  readonly code: number
  /** What it wrote to either stream. */
  readonly text: string
}

/** A gateway, or where one was. */
export interface CommandPlace {
  readonly simulator: Simulator
  readonly dataDir: string
  readonly gateway: { readonly url: string }
}

export function recado(
  journey: CommandPlace,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('RECADO_'))
  const env = {
    ...Object.fromEntries(inherited),
    ...placeOf(journey.simulator, journey.dataDir),
    RECADO_PORT: new URL(journey.gateway.url).port,
    ...settings,
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [inject('gatewayProgram'), ...args],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    )
  })
}
