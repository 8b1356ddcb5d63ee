/** Tables as comma-separated values (RFC 4180), as `psql --csv` and `\copy … csv header` write them. */

/** A row for each line but the first, which names the columns. */
export function readCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [names = [], ...rows] = cellsOf(text)
  return rows.map((cells) =>
    Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])),
  )
}

function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/uy
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    // A quote in the middle of a cell: then it is no such table.
    if (found === null) return []
    const [, quoted, plain = '', end] = found
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
