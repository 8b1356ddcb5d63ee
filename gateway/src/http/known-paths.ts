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
  const methodsByPattern = new Map<
    string,
    { readonly shape: RegExp; readonly methods: Set<string> }
  >()
  return {
    remember(pattern, methods) {
      const known = methodsByPattern.get(pattern) ?? { shape: shapeOf(pattern), methods: new Set() }
      for (const method of methods) known.methods.add(method)
      methodsByPattern.set(pattern, known)
    },
    methodsOf(path) {
      const methods = [...methodsByPattern.values()]
        .filter(({ shape }) => shape.test(path))
        .flatMap((known) => [...known.methods])
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
