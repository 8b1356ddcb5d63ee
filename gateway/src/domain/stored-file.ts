/**
 * The name of a file that came in the body of a call and was stored while it arrived.
 *
 * It stands in the body in place of the base64 that was stored, at the end of the attribute. Its id
 * is random, so a caller cannot name the file of another.
 */

export interface StoredFile {
  readonly id: string
  /** Of the stored base64. */
  readonly length: number
  /** How many `=` are at its end. */
  readonly padding: number
  /** Of the stored base64, lower-case hex. */
  readonly sha256: string
}

const form = /\nstored-file:([0-9a-f]{32}):(\d{1,10}):([012]):([0-9a-f]{64})$/u

export function nameStoredFile({ id, length, padding, sha256 }: StoredFile): string {
  return `\nstored-file:${id}:${length}:${padding}:${sha256}`
}

/** The base64 before the name, and what the name says. `undefined` where the text ends in no name. */
export function findStoredFile(
  text: string,
): { readonly head: string; readonly file: StoredFile } | undefined {
  const [name, id, length, padding, sha256] = form.exec(text.slice(-160)) ?? []
  if (name === undefined || id === undefined || sha256 === undefined) return undefined
  const head = text.slice(0, -name.length)
  return { head, file: { id, length: Number(length), padding: Number(padding), sha256 } }
}
