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
  readonly path: readonly string[]

  constructor(path: readonly string[]) {
    this.path = path
  }
}

/**
 * @param build puts the statement together from `given`, whose attributes it may only hand on as values.
 *   Lists in it must always be as long as the first time: see `byShape`
 * @returns what runs it with other values
 */
export function prepared<Given extends object, Row>(
  build: (query: Query, given: Given) => Compilable<Row>,
): (query: Query, given: Given) => Promise<QueryResult<Row>> {
  // By the adapter: the two databases spell things differently.
  const texts = new WeakMap<object, CompiledQuery<Row>>()
  return async (query, given) => {
    const { adapter } = query.getExecutor()
    let text = texts.get(adapter)
    if (text === undefined) {
      text = build(query, placesOf(given, [])).compile()
      texts.set(adapter, text)
    }
    const parameters = text.parameters.map((parameter) =>
      parameter instanceof Place ? valueAt(given, parameter) : parameter,
    )
    return query.executeQuery<Row>({ ...text, parameters })
  }
}

function placesOf<Given extends object>(given: Given, path: readonly string[]): Given {
  return new Proxy(given, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      const isIndex = typeof name === 'string' && /^\d+$/.test(name)
      if (typeof name === 'symbol' || (Array.isArray(target) && !isIndex)) return value
      const place = [...path, name]
      return isNested(value) ? placesOf(value, place) : new Place(place)
    },
  })
}

/** Not bytes, which are one value. */
function isNested(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}

function valueAt(given: object, { path }: Place): unknown {
  let value: unknown = given
  for (const name of path)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  if (value === undefined) throw new Error(`a statement lacks its ${path.join('.')}`)
  return value
}

/** Makes a statement for each shape that it is wanted in: lists of another length are another text. */
export function byShape<Shape extends string | number, Statement>(
  make: (shape: Shape) => Statement,
): (shape: Shape) => Statement {
  const made = new Map<Shape, Statement>()
  return (shape) => {
    const known = made.get(shape)
    if (known !== undefined) return known
    const statement = make(shape)
    made.set(shape, statement)
    return statement
  }
}
