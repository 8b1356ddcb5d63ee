/** A login code that comes late does harm: it is worth sending for as long as Meta's own templates are. */

const lifeMs = 600_000
/** Pix strings are copied from buttons too, and are longer than any login code. */
const longest = 15

/** In ms; `undefined`: for ever. */
export function codeLifeMs(code: string | undefined): number | undefined {
  return code !== undefined && Array.from(code).length <= longest ? lifeMs : undefined
}
