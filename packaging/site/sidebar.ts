/** What stands at the side of each page, read from the pages that list the others. */

export interface Group {
  readonly text: string
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

/** `**Heading**` and the links of the list below it, one each line. */
export function groupsOfList(markdown: string): readonly Group[] {
  return markdown
    .split(/^(?=\*\*)/mu)
    .slice(1)
    .flatMap((part) => {
      const [, text = ''] = /^\*\*(.+?):?\*\*/u.exec(part) ?? []
      const items = [...part.matchAll(/^- \[([^\]]+)\]\((\/[^)]*?(?:\.md|\/))(?:#[^)]*)?\)/gmu)]
      return items.length === 0 ? [] : [{ text, items: items.map(itemOf) }]
    })
}

/** The rows `| what you want | [path](page): … |` that lead to pages in Portuguese. */
export function groupOfTable(markdown: string): Group {
  const rows = markdown.matchAll(/^\| ([^|]+) \| \[[^\]]*\]\((\/pt\/[^)]+)\)/gmu)
  return { text: 'Você quer', items: [...rows].map(itemOf) }
}

function itemOf([, text = '', link = '']: RegExpExecArray) {
  return { text: text.charAt(0).toUpperCase() + text.slice(1), link: link.replace(/\.md$/u, '') }
}
