/**
 * Which methods a path knows, for 405 and `Allow`.
 *
 * Fastify answers 404 to a known path with another method. Its router cannot
 * be asked about a concrete path, so the patterns are remembered here.
 */
export interface KnownPaths {
  remember(pattern: string, methods: readonly string[]): void
  /** The methods of every pattern that the path matches; empty if no route has it. */
  methodsOf(path: string): readonly string[]
}

export function createKnownPaths(): KnownPaths {
  const methodsByPattern = new Map<string, Set<string>>()
  // Made when the first path asks: a start would make several hundred that it does not need.
  const shapes = new Map<string, RegExp>()
  const matches = (pattern: string, path: string): boolean => {
    const shape = shapes.get(pattern) ?? shapeOf(pattern)
    shapes.set(pattern, shape)
    return shape.test(path)
  }
  return {
    remember(pattern, methods) {
      const known = methodsByPattern.get(pattern) ?? new Set()
      for (const method of methods) known.add(method)
      methodsByPattern.set(pattern, known)
    },
    methodsOf(path) {
      const methods = [...methodsByPattern]
        .filter(([pattern]) => matches(pattern, path))
        .flatMap(([, known]) => [...known])
      return [...new Set(methods)].toSorted()
    },
  }
}

/** `/instances/:id/qr-code` as a regular expression over paths. */
function shapeOf(pattern: string): RegExp {
  const segments = pattern
    .split('/')
    .map((segment) =>
      segment.startsWith(':') ? '[^/]+' : segment.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'),
    )
  return new RegExp(`^${segments.join('/')}$`, 'u')
}
