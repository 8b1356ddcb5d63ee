/**
 * The ninth digit of Brazilian mobile numbers.
 *
 * Brazil put a 9 in front of its eight-digit mobile numbers; accounts that are
 * older than that are known to WhatsApp without it. Nobody can tell from the
 * number alone, so WhatsApp has to be asked about both forms.
 */

/**
 * 55, the area, the 9 or not, and eight digits. Eight digits that begin with 2
 * to 5 are a landline: it may belong to somebody else and have WhatsApp too,
 * so a mobile number never loses its 9 when that would name a landline.
 */
const mobile = /^55([1-9][1-9])(9?)([016-9]\d{7})$/

/**
 * The forms under which WhatsApp may know a number, as the caller wrote it
 * first. One form for everything that is not a Brazilian mobile number.
 */
export function formsOf(phone: string): readonly [string, ...string[]] {
  const [, area, ninth, rest] = mobile.exec(phone) ?? []
  if (area === undefined || rest === undefined) return [phone]
  return [phone, ninth === '9' ? `55${area}${rest}` : `55${area}9${rest}`]
}

/** The same text for every form of a number: for asking whether it is the same person again. */
export function oneFormOf(phone: string): string {
  const [first = phone] = formsOf(phone).toSorted()
  return first
}
