// Passkeys between the server's JSON and the browser's bytes.
interface Described { id: string; type: string; transports?: string[] }

function toBytes(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(plain.length)
  for (let at = 0; at < plain.length; at += 1) bytes[at] = plain.charCodeAt(at)
  return bytes.buffer
}

export function toText(bytes: ArrayBuffer): string {
  let plain = ''
  for (const one of new Uint8Array(bytes)) plain += String.fromCharCode(one)
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const described = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list as Described[] | undefined) ?? []).map((one) => ({ id: toBytes(one.id), type: 'public-key', transports: one.transports as AuthenticatorTransport[] | undefined }))

/** Whether this browser knows passkeys at all: they need a secure connection. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined'

function told(credential: Credential | null, parts: Record<string, ArrayBuffer | null | undefined>): Record<string, unknown> {
  const found = credential as PublicKeyCredential
  const response = Object.fromEntries(Object.entries(parts).flatMap(([name, bytes]) => (bytes ? [[name, toText(bytes)]] : [])))
  return { id: found.id, rawId: toText(found.rawId), type: found.type, response }
}

/** Proves a passkey that was set up before. */
export async function askPasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const asked = { ...options, challenge: toBytes(String(options.challenge)), allowCredentials: described(options.allowCredentials) }
  const found = await navigator.credentials.get({ publicKey: asked as PublicKeyCredentialRequestOptions })
  const response = (found as PublicKeyCredential).response as AuthenticatorAssertionResponse
  return told(found, { clientDataJSON: response.clientDataJSON, authenticatorData: response.authenticatorData, signature: response.signature, userHandle: response.userHandle })
}

/** Makes a new passkey. */
export async function makePasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const user = options.user as { id: string; name: string; displayName: string }
  const asked = { ...options, challenge: toBytes(String(options.challenge)), user: { ...user, id: toBytes(user.id) }, excludeCredentials: described(options.excludeCredentials) }
  const found = await navigator.credentials.create({ publicKey: asked as unknown as PublicKeyCredentialCreationOptions })
  const response = (found as PublicKeyCredential).response as AuthenticatorAttestationResponse
  return told(found, { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject })
}
