/**
 * Numbers that WhatsApp may know in another form than the caller wrote.
 *
 * Three countries put a digit in front of their mobile numbers. Accounts exist in either form, and the
 * number alone does not tell which, so WhatsApp is asked about both:
 *
 * | Country | Digit | Without | With |
 * |---|---|---|---|
 * | Brazil | 9 before the number, since 2012-2016 | `553188887777` | `5531988887777` |
 * | Mexico | 1 after the country code, until 2019 | `525512345678` | `5215512345678` |
 * | Argentina | 9 after the country code | `541123456789` | `5491123456789` |
 *
 * Mexican and Argentinian forms as Evolution API (`createJid`) and Chatwoot (`phone_normalizers`) resolve them.
 */

interface Country {
  /** What stands before the digit, the digit or nothing, and what stands after it. */
  readonly pattern: RegExp
  readonly digit: string
}

const countries: readonly Country[] = [
  /**
   * Eight digits that begin with 2 to 5 are a Brazilian landline. It may belong to another person who has
   * WhatsApp too, so a mobile number never loses its 9 when that would name a landline.
   */
  { pattern: /^(55[1-9][1-9])(9?)([016-9]\d{7})$/, digit: '9' },
  // Mexican area codes begin with 2 to 9.
  { pattern: /^(52)(1?)([2-9]\d{9})$/, digit: '1' },
  // Argentinian area codes begin with 1 to 3.
  { pattern: /^(54)(9?)([1-3]\d{9})$/, digit: '9' },
]

/** The forms under which WhatsApp may know a number, digits only, the caller's own first. */
export function formsOf(phone: string): readonly [string, ...string[]] {
  for (const { pattern, digit } of countries) {
    const [, before, has, after] = pattern.exec(phone) ?? []
    if (before !== undefined && after !== undefined)
      return [phone, has === digit ? `${before}${after}` : `${before}${digit}${after}`]
  }
  return [phone]
}

/** The same text for every form of a number: tells whether two numbers are the same person. */
export function oneFormOf(phone: string): string {
  const [first = phone] = formsOf(phone).toSorted()
  return first
}

/**
 * Country codes whose numbers are dialled with a 0 in front at home, and never begin with 0 themselves.
 * Not Italy (39) or Ivory Coast (225), where the 0 belongs to the number. From libphonenumber's metadata
 * (libphonenumber-js 1.13.16): national prefix 0, and no number of the country begins with 0.
 */
const trunkZeroCodes =
  '20 27 31 32 33 40 41 43 44 46 49 51 53 54 55 57 58 60 61 63 64 66 84 86 90 91 92 93 94 95 98 211 212 213 218 231 232 233 234 243 249 251 252 254 255 256 260 261 262 263 264 265 291 353 355 358 370 373 374 377 380 381 382 383 385 386 387 389 421 423 508 590 591 593 594 595 596 686 850 855 856 880 886 961 962 963 964 966 967 970 971 972 976 977 994 995 996'

const trunkZero = new RegExp(`^(${trunkZeroCodes.replaceAll(' ', '|')})0(\\d{6,})$`, 'u')

/**
 * A number as people write it, digits only, without what is dialled at home or from abroad:
 * `0055 11…` and `+55 (0)11…` become `5511…`. `undefined` when the country code is missing (`011…`).
 */
export function internationalForm(digits: string): string | undefined {
  const phone = digits.replace(/^00/u, '').replace(trunkZero, '$1$2')
  return phone.startsWith('0') ? undefined : phone
}
