const units = ['B', 'kB', 'MB', 'GB'] as const

/** `1.4 MB`, as WhatsApp writes the size of a file. */
export function sizeText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** step
  return `${step === 0 || amount >= 10 ? Math.round(amount) : amount.toFixed(1)} ${units[step] ?? 'GB'}`
}
