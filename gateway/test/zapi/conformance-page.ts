/** The findings of a conformance run as tables: docs/conformance.md, and the counts for a terminal. */

import type { Finding, Verdict } from './conformance.js'

const verdicts: readonly Verdict[] = ['works', 'cannot', 'not supported', 'missing']

const before = `# Conformance

<!-- Made by "npm run conformance". A test fails when it is out of date. -->

Every endpoint that Z-API documents, called with its documented example on a real gateway that is linked to a simulated phone.

- **works:** the documented status, and every documented attribute with its type.
- **cannot:** WhatsApp gives a linked device no way to do it. It answers 400 \`{"error":"Cannot be done: …"}\` with the reason in the table, and never a success.
- **not supported:** not built yet. It answers 501 \`{"error":"Not supported: …"}\` to every allowed caller, and never a success.
- **missing:** any other answer.

The contract is [gateway/test/zapi](../gateway/test/zapi/README.md). Paths of an instance stand below
\`/instances/{instanceId}/token/{token}\`. Several pages may share one route.
Which of these calls programs make: [What programs call](appendix/programs.md).
`

/** Says nothing about when and where it ran, so that the same findings give the same page. */
export function conformancePage(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ endpoint: { group, title, method, paths }, verdict, reason }) =>
      `| ${group} | ${title} | ${method} ${paths.map((path) => `\`${path}\``).join(', ')} | ${verdict}${reason === undefined ? '' : `: ${reason}`} |`,
  )
  const counts = countsByGroup(findings).map((cells) => `| ${cells.join(' | ')} |`)
  const [head = '', ...others] = counts
  return [
    before,
    [head, `|---|${'---:|'.repeat(verdicts.length + 1)}`, ...others].join('\n'),
    '',
    ['| Group | Page | Route | Verdict |', '|---|---|---|---|', ...rows].join('\n'),
    '',
  ].join('\n')
}

/** The counts, then what is wrong with everything that is missing. */
export function conformanceReport(findings: readonly Finding[]): string {
  const counts = countsByGroup(findings).map(([group = '', ...numbers]) =>
    [group.padEnd(14), ...numbers.map((number) => number.padStart(15))].join(''),
  )
  const problems = findings.flatMap(({ endpoint, problems: of }) =>
    of.map((problem) => `missing: ${endpoint.page} ${problem}`),
  )
  return [...counts, ...problems, ''].join('\n')
}

/** The README with the counts of today. */
export function withCounts(readme: string, findings: readonly Finding[]): string {
  const counts = new Map(countsByGroup(findings).map((row) => [row[0], row]))
  const [all, message] = [counts.get('all'), counts.get('message')]
  return readme.replace(
    /\d+ of Z-API's \d+ calls work, \d+ of the \d+ that send a message among them; \d+ cannot/u,
    `${all?.[1]} of Z-API's ${all?.at(-1)} calls work, ${message?.[1]} of the ${message?.at(-1)} that send a message among them; ${all?.[2]} cannot`,
  )
}

function countsByGroup(findings: readonly Finding[]): readonly (readonly string[])[] {
  const groups = [...new Set(findings.map(({ endpoint }) => endpoint.group))]
  const rowOf = (name: string, of: readonly Finding[]): readonly string[] => [
    name,
    ...verdicts.map((verdict) => String(of.filter((one) => one.verdict === verdict).length)),
    String(of.length),
  ]
  return [
    ['Group', ...verdicts, 'all'],
    ...groups.map((group) =>
      rowOf(
        group,
        findings.filter(({ endpoint }) => endpoint.group === group),
      ),
    ),
    rowOf('all', findings),
  ]
}
