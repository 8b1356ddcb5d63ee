/**
 * Texts that no phone can show and PostgreSQL cannot store: with a NUL, or with half of a
 * surrogate pair, which becomes another character on its way.
 */

/** In valid UTF-8, JSON can write both only so. Most bodies hold neither, and are not walked. */
const escapes = /\\u(?:0000|d[89a-f])/iu

/** With `u`, a pair is one character and no surrogate. */
const loneSurrogate = /\p{Surrogate}/u

/**
 * The first broken text of a body as a sentence that names its attribute; `undefined` for none.
 * @param json what `value` was parsed from
 */
export function brokenTextOf(json: string, value: unknown): string | undefined {
  return escapes.test(json) ? inside(value, 'body') : undefined
}

function inside(value: unknown, path: string): string | undefined {
  if (typeof value === 'string') return problemOf(value, path)
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, each] of Object.entries(value)) {
    const below = path === 'body' ? name : `${path}.${name}`
    const problem = problemOf(name, `an attribute's name in ${path}`) ?? inside(each, below)
    if (problem !== undefined) return problem
  }
  return undefined
}

function problemOf(text: string, where: string): string | undefined {
  if (text.includes('\0')) return `${where} must not hold a NUL character (\\u0000)`
  if (!loneSurrogate.test(text)) return undefined
  return `${where} holds half of a character: a surrogate (\\uD800 to \\uDFFF) without its other half`
}
