/**
 * The bill of materials, CycloneDX 1.6, made from what is really packed: `npm sbom` lists what is
 * installed, and leaves out half of it.
 */

import type { Package } from './contents.js'

export function billOfMaterials(version: string, packages: readonly Package[]): string {
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': 'recado',
        name: 'recado',
        version,
        licenses: [{ license: { id: 'GPL-3.0-only' } }],
      },
    },
    components: packages.map(component),
    dependencies: [{ ref: 'recado', dependsOn: packages.map(purl) }],
  }
  return `${JSON.stringify(bom, null, 2)}\n`
}

function component(one: Package) {
  const isExpression = /\s/u.test(one.licence)
  // The short form that libsignal uses has been out of use at SPDX since 2018.
  const id = one.licence === 'GPL-3.0' ? 'GPL-3.0-only' : one.licence
  return {
    type: 'library',
    'bom-ref': purl(one),
    name: one.name,
    version: one.version,
    licenses: [isExpression ? { expression: id } : { license: { id } }],
    purl: purl(one),
  }
}

const purl = ({ name, version }: Package) => `pkg:npm/${name.replace('@', '%40')}@${version}`
