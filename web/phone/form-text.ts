/** The text of a form's field by its name, without spaces around it; empty for a file or an unknown field. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
