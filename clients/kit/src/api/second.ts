// The second step of a sign-in: what the server asks for after the right password.
import type { Api } from './client'

export type Way = 'totp' | 'passkey' | 'recovery'

export interface Second {
  ticket: string
  ways: Way[]
  passkey: Record<string, unknown> | null
}

export interface SignedIn {
  user_id: string | null
  expires_at: string | null
  second: Second | null
}

export const signIn = (api: Api, email: string, password: string): Promise<SignedIn> => api.post<SignedIn>('identity/sign-in', { email: email.trim(), password })

export const proveByCode = (api: Api, second: Second, code: string): Promise<SignedIn> => api.post<SignedIn>('identity/sign-in/second', { ticket: second.ticket, code })

/** The browser asks for the passkey; what fetches it comes only when it is wanted. */
export async function proveByPasskey(api: Api, second: Second): Promise<SignedIn> {
  const { askPasskey } = await import('./passkeys')
  const credential = await askPasskey(second.passkey ?? {})
  return api.post<SignedIn>('identity/sign-in/second', { ticket: second.ticket, credential })
}
