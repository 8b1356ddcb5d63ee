/** nginx for the tests, with the file that operators copy. */

import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../../sandbox/src/free-port.js'
import { type RunningProxy, startProxy } from './programs.js'

export interface NginxPlace {
  /** For everything that nginx writes. Its user has to get in: mode 0755. */
  readonly folder: string
  /** The gateways, each as `http://host:port`. */
  readonly gateways: readonly string[]
  /** Any free one without it. */
  readonly port?: number
  /** More lines for the `server` block. */
  readonly lines?: string
}

/** Throws where nginx refuses the file as it is, with TLS. */
export async function startNginx(place: NginxPlace): Promise<RunningProxy> {
  const { folder, gateways, lines = '' } = place
  const port = place.port ?? (await freePort())
  const example = await readFile(join(import.meta.dirname, 'nginx.conf'), 'utf8')
  const upstreams = gateways.map((url) => `server ${new URL(url).host};`)
  const server = example
    .replace('server 127.0.0.1:8080;', upstreams.join('\n  '))
    .replace(/\/etc\/letsencrypt\S+fullchain\.pem/u, join(folder, 'certificate.pem'))
    .replace(/\/etc\/letsencrypt\S+privkey\.pem/u, join(folder, 'key.pem'))
    .replace('/var/log/nginx/recado.log', join(folder, 'nginx.log'))
  makeCertificate(folder)
  const checked = await configuration(folder, 'checked.conf', server)
  execFileSync('nginx', ['-t', '-q', '-e', 'stderr', '-c', checked])

  // TLS is nginx's own: what passes through is looked at without it.
  const open = server
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port};\n  ${lines}`)
    .replaceAll(/^\s*ssl_.*$/gmu, '')
  const path = await configuration(folder, 'nginx.conf', open)
  return startProxy('nginx', ['-e', 'stderr', '-c', path], `http://127.0.0.1:${port}`)
}

/** As a distribution includes the file, with everything that nginx writes in the folder of the test. */
async function configuration(folder: string, name: string, server: string): Promise<string> {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const places = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')
  const main = `daemon off; pid ${folder}/pid; error_log stderr crit; events {}`
  const path = join(folder, name)
  await writeFile(path, `${main} http { ${places}\n${server}\n}`)
  return path
}

function makeCertificate(folder: string): void {
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=x']
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
  execFileSync('openssl', [...kind, ...files], { stdio: 'ignore' })
}
