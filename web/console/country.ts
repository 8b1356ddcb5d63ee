/** Numbers that were typed without the code of their country. */

/**
 * The digits with Brazil's code, where the text is what people of Brazil write among themselves: area code and
 * number. `undefined` where it has a country, or is no number of Brazil.
 */
export function withCountry(text: string): string | undefined {
  if (!/^[\d\s()-]+$/u.test(text)) return undefined
  const digits = text.replaceAll(/\D/gu, '').replace(/^0(?=[1-9])/u, '')
  return /^[1-9][1-9](?:9\d{8}|[2-5]\d{7})$/u.test(digits) ? `55${digits}` : undefined
}
