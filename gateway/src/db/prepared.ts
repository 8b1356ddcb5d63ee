/**
 * Statements that are put together once.
 *
 * Kysely builds a tree for each statement and a text from the tree, which takes longer than SQLite
 * takes to run it. What is asked for every message is asked often with other values and the same
 * text, so the text is kept.
 */

import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Schema } from './schema.js'

type Query = Kysely<Schema>

/** Stands where a value will stand. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * @param build puts the statement together from `given`, whose attributes it may only hand on as values
 * @returns what runs it with other values
 */
export function prepared<Given extends object, Row>(
  build: (query: Query, given: Given) => Compilable<Row>,
): (query: Query, given: Given) => Promise<QueryResult<Row>> {
  // By the compiler: the two databases spell things differently.
  const texts = new WeakMap<object, CompiledQuery<Row>>()
  return (query, given) => {
    const { adapter } = query.getExecutor()
    let text = texts.get(adapter)
    if (text === undefined) {
      const places = new Proxy(given, { get: (_, name) => new Place(String(name)) })
      text = build(query, places).compile()
      texts.set(adapter, text)
    }
    const parameters = text.parameters.map((parameter) =>
      parameter instanceof Place ? valueOf(given, parameter) : parameter,
    )
    return query.executeQuery<Row>({ ...text, parameters })
  }
}

function valueOf(given: object, { name }: Place): unknown {
  const value: unknown = Reflect.get(given, name)
  if (value === undefined) throw new Error(`a statement lacks its ${name}`)
  return value
}
