/** A larger content holds a file. */
export const largeBytes = 65_536

/**
 * About how many bytes a content takes when it is stored: the lengths of its texts and of the files that are
 * stored apart, whatever its kind.
 */
export function contentBytesOf(content: unknown): number {
  if (typeof content === 'string') return content.length
  if (typeof content !== 'object' || content === null) return 0
  const apart: unknown = Reflect.get(content, 'byteLength')
  return (typeof apart === 'number' ? apart : 0) + sumOf(content)
}

function sumOf(content: object): number {
  return Object.values(content).reduce<number>((sum, part) => sum + contentBytesOf(part), 0)
}
