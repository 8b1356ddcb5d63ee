/** People of the console, open invitations and API keys, made as the console makes them. */

import type { APIRequestContext } from 'playwright-core'

const people = [
  ['Maria Aparecida dos Santos Albuquerque', 'operator'],
  ['joao.pereira@example.com', 'viewer'],
  ['Bia', 'administrator'],
  ['Plantão noturno', 'operator'],
] as const

const programs = ['CRM', 'Loja virtual – códigos de acesso e avisos de entrega', 'n8n', 'ERP']

/**
 * @param request of a person who is logged in as an administrator
 * @returns the link of an invitation that is open
 */
export async function addPeople(request: APIRequestContext, gateway: string): Promise<string> {
  const post = async (path: string, data: object) => {
    const answer = await request.post(`${gateway}/console/api/${path}`, {
      data,
      headers: { 'x-recado-console': '1' },
    })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  let open = ''
  for (const [name, role] of people) {
    const { url } = await post('invitations', { role, note: name, hours: 72 })
    await accept(gateway, { token: new URL(url).hash.slice(1), name })
  }
  for (const [note, role] of people.slice(0, 3)) {
    const { url } = await post('invitations', { role, note: `${note}, filial`, hours: 24 })
    open = url
  }
  const { instances } = await request
    .get(`${gateway}/console/api/instances`)
    .then((answer) => answer.json())
  const ids = instances.map(({ id }: { readonly id: string }) => id)
  for (const [at, name] of programs.entries())
    await post('keys', {
      name,
      scopes: at % 2 === 0 ? ['send'] : ['read', 'send', 'manage'],
      ...(at === 0 ? {} : { instanceIds: ids.slice(0, at * 12) }),
      ...(at === 2 ? {} : { days: 365 }),
    })
  return open
}

/** Without the cookie of the administrator: the person is logged in by it. */
async function accept(gateway: string, chosen: { readonly token: string; readonly name: string }) {
  const answer = await fetch(`${gateway}/console/api/invitation/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-recado-console': '1' },
    body: JSON.stringify({ ...chosen, password: 'another long password' }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
