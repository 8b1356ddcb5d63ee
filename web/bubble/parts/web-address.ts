/** The address if a browser may follow it: the web alone, never a script. */
export function webAddress(url: string): string | undefined {
  const whole = /^www\./iu.test(url) ? `https://${url}` : url
  return /^https?:\/\//iu.test(whole) && URL.canParse(whole) ? whole : undefined
}
