/**
 * Keeps the statements of a SQLite file compiled.
 *
 * A gateway asks the same few dozen things all day, and compiling one of them takes as long as
 * running it. SQLite itself compiles a statement again when the tables change.
 */

/** Some tens of KB each. Lists of a varying length make many texts of one question. */
const mostStatements = 200

/** Prepares as `file` does, one statement of the same text at a time. */
export function keepingStatements<Statement>(file: { prepare(text: string): Statement }): {
  prepare(text: string): Statement
} {
  // In the order of their last use.
  const kept = new Map<string, Statement>()
  return {
    prepare: (text) => {
      const statement = kept.get(text) ?? file.prepare(text)
      kept.delete(text)
      kept.set(text, statement)
      const [oldest] = kept.keys()
      if (kept.size > mostStatements && oldest !== undefined) kept.delete(oldest)
      return statement
    },
  }
}
