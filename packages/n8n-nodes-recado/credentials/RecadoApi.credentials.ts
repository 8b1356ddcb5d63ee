import type {
  IAuthenticateGeneric,
  Icon,
  ICredentialTestRequest,
  ICredentialType,
  INodeProperties,
} from 'n8n-workflow'

export class RecadoApi implements ICredentialType {
  name = 'recadoApi'

  displayName = 'Recado API'

  icon: Icon = { light: 'file:../icons/recado.svg', dark: 'file:../icons/recado.dark.svg' }

  documentationUrl = 'https://recado.example/n8n#credentials'

  properties: INodeProperties[] = [
    {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://recado.example.com',
      description: 'Where Recado listens',
    },
    {
      displayName: 'Instance ID',
      name: 'instanceId',
      type: 'string',
      default: '',
      required: true,
      description: 'The ID of the instance or the pool',
    },
    {
      displayName: 'Instance Token',
      name: 'token',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: "The instance's own token",
    },
    {
      displayName: 'Client Token',
      name: 'clientToken',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description: 'The token of the whole gateway. Leave it empty where the instance needs none.',
    },
  ]

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { 'Client-Token': '={{$credentials.clientToken}}' } },
  }

  test: ICredentialTestRequest = {
    request: {
      baseURL:
        '={{$credentials.url.replace(/\\/+$/, "")}}/instances/{{$credentials.instanceId}}/token/{{$credentials.token}}',
      url: '/status',
    },
  }
}
