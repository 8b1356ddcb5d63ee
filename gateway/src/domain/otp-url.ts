/**
 * The code behind WhatsApp's OTP address, as WhatsApp Web reads it: all that
 * follows `otp/copy/`, or the parameter `code` less one leading `otp`.
 */
export function codeOfOtpUrl(url: string): string | undefined {
  const copy = 'https://www.whatsapp.com/otp/copy/'
  if (url.startsWith(copy)) return url.slice(copy.length) || undefined
  if (!url.startsWith('https://www.whatsapp.com/otp/code') || !URL.canParse(url)) return undefined
  return new URL(url).searchParams.get('code')?.replace(/^otp/, '') || undefined
}
