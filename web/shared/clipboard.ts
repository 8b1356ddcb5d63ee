/** Copies text. A page that is served without TLS has no `navigator.clipboard`, and many consoles are. */

/** Gives whether it is copied. Call it in answer to a click. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'unseen'
  area.readOnly = true
  const focused = document.activeElement
  document.body.append(area)
  area.select()
  // Deprecated, and the only way without TLS.
  // oxlint-disable-next-line typescript/no-deprecated
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}
