import { InvalidArgumentError } from 'commander'

/**
 * The settings of `--pacing 1-3`: the gap between two sends, in seconds.
 *
 * Throws `InvalidArgumentError`, which commander prints.
 */
export function pacingSettings(text: string): Record<string, string> {
  const [, min, max] = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/u.exec(text) ?? []
  if (min === undefined || max === undefined || Number(min) > Number(max))
    throw new InvalidArgumentError('Pacing is two numbers of seconds, such as 1-3.')
  return {
    RECADO_PACING_MIN_MS: String(Math.round(Number(min) * 1_000)),
    RECADO_PACING_MAX_MS: String(Math.round(Number(max) * 1_000)),
  }
}
