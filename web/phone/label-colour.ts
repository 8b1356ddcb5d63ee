/** WhatsApp has twenty colours of labels; the page draws them as eight, in turn. */
export function labelColour(color: number): number {
  return color % 8
}
