/**
 * Names for the statements that PostgreSQL is asked often. It parses and plans a statement with a name once a
 * connection, and one without a name each time: two fifths of its CPU a message (docs/nodes.md, *Speed*).
 */

/** https://www.postgresql.org/docs/15/sql-prepare.html: of other statements there is nothing to plan. */
const planned = /^(?:select|insert|update|delete|with)\b/iu
const usesBeforeName = 10
const mostNames = 300
const mostCounted = 1_000

export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #uses = new Map<string, number>()

  /**
   * Call it for each use. A text gets its name at its tenth use. Texts that are asked once get none, as those
   * whose list has another length each time.
   *
   * A statement with a star has none: PostgreSQL refuses it once a column was added, which a newer node may do
   * ("cached plan must not change result type").
   */
  nameOf(text: string): string | undefined {
    const name = this.#names.get(text)
    if (name !== undefined) return name
    if (this.#names.size >= mostNames || text.includes('*') || !planned.test(text)) return undefined
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses < usesBeforeName) {
      if (this.#uses.size >= mostCounted) this.#uses.clear()
      this.#uses.set(text, uses)
      return undefined
    }
    this.#uses.delete(text)
    const given = `recado_${this.#names.size + 1}`
    this.#names.set(text, given)
    return given
  }
}
