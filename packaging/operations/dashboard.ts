/** The dashboard for Grafana, as rules that Prometheus's own checker reads. */

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

export const dashboardPath = resolve(import.meta.dirname, '../grafana/recado.json')

interface Panel {
  readonly id: number
  readonly title: string
  readonly gridPos: {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  }
  readonly targets: readonly { readonly expr: string }[]
}

export async function readPanels(): Promise<readonly Panel[]> {
  const { panels }: { panels: readonly Panel[] } = JSON.parse(await readFile(dashboardPath, 'utf8'))
  return panels
}

/** Each expression as a recording rule. JSON is YAML too. */
export async function dashboardRules(): Promise<string> {
  const expressions = (await readPanels()).flatMap(({ targets }) => targets.map(({ expr }) => expr))
  const rules = expressions.map((expression, index) => ({
    record: `dashboard:expression${index}`,
    expr: expression.replaceAll('$job', 'recado'),
  }))
  return JSON.stringify({ groups: [{ name: 'dashboard', rules }] })
}
