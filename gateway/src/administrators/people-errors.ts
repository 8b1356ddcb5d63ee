/** Why something about people was refused. Nothing was changed then. */

import { GatewayError } from '../domain/errors.js'

export class UnknownPersonError extends GatewayError {
  override readonly name = 'UnknownPersonError'
  readonly code = 'unknown-person'
  override readonly statusCode = 404

  constructor() {
    super('There is no such person any more.')
  }
}

export class LastAdministratorError extends GatewayError {
  override readonly name = 'LastAdministratorError'
  readonly code = 'last-administrator'
  override readonly statusCode = 409

  constructor() {
    super('This is the last administrator. Make another person an administrator first.')
  }
}

export class TooManyInvitationsError extends GatewayError {
  override readonly name = 'TooManyInvitationsError'
  readonly code = 'too-many-invitations'
  override readonly statusCode = 409

  constructor(most: number) {
    super(`At most ${most} invitations are open at a time. Withdraw one that is not used.`)
  }
}

export class UnknownInvitationError extends GatewayError {
  override readonly name = 'UnknownInvitationError'
  readonly code = 'unknown-invitation'
  override readonly statusCode = 404

  constructor() {
    super('There is no such invitation any more: it was used or withdrawn, or it expired.')
  }
}

export class InvitationGoneError extends GatewayError {
  override readonly name = 'InvitationGoneError'
  readonly code = 'invitation-gone'
  override readonly statusCode = 404

  constructor() {
    super('This invitation is not valid any more. Ask for a new one.')
  }
}

export class NameTakenError extends GatewayError {
  override readonly name = 'NameTakenError'
  readonly code = 'name-taken'
  override readonly statusCode = 409

  constructor() {
    super('Another person has this name. Choose another one.')
  }
}
