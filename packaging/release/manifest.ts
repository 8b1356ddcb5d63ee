/** The package.json of a release. */

/** Without dependencies: npm would look them up, those of other platforms too, and strip them of their natives. */
export function releaseManifest(version: string, engines: unknown): string {
  const made = {
    name: 'recado',
    version,
    description: "A self-hosted WhatsApp gateway that speaks Z-API's HTTP dialect.",
    // Our code is MIT; with libsignal inside, the whole is not. LICENCES.txt says it in full.
    license: 'GPL-3.0-only',
    type: 'module',
    bin: { recado: 'app/dist/recado.js' },
    engines,
    os: [process.platform],
    cpu: [process.arch],
    libc: ['glibc'],
  }
  return `${JSON.stringify(made, null, 2)}\n`
}
