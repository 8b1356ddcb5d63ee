/** What stands at a path: `a[].b` is `b` of every entry of `a`, and a JSON text on the way is read. */
export function valuesAt(value: unknown, path: string): readonly unknown[] {
  return path
    .split('.')
    .reduce<readonly unknown[]>(
      (found, step) => found.flatMap((each) => oneStep(each, step)),
      [value],
    )
}

function oneStep(value: unknown, step: string): readonly unknown[] {
  const name = step.endsWith('[]') ? step.slice(0, -2) : step
  const held: unknown = typeof value === 'string' ? JSON.parse(value) : value
  if (typeof held !== 'object' || held === null) return []
  const inner: unknown = Reflect.get(held, name)
  if (inner === undefined || inner === null) return []
  return step.endsWith('[]') ? (Array.isArray(inner) ? inner : []) : [inner]
}
