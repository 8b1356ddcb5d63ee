/** A larger content holds a file. */
export const largeBytes = 65_536

/** About how many bytes a content takes when it is stored: the lengths of its texts, whatever its kind. */
export function contentBytesOf(content: unknown): number {
  if (typeof content === 'string') return content.length
  if (typeof content !== 'object' || content === null) return 0
  return Object.values(content).reduce<number>((sum, part) => sum + contentBytesOf(part), 0)
}
