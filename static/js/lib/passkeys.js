// WebAuthn speaks in bytes, the server in base64url: the way there and back.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "")

const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }))

const told = (credential, response) =>
  JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  })

// A passkey needs a name in the address bar: no browser makes one for 127.0.0.1.
export const supported = () =>
  Boolean(window.PublicKeyCredential) && !/^[\d.]+$|^\[/.test(location.hostname)

export async function show({ publicKey }) {
  const wanted = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) }
  const credential = await navigator.credentials.get({ publicKey: wanted })
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response
  return told(credential, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  })
}

export async function make({ publicKey }) {
  const wanted = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: named(publicKey.excludeCredentials),
  }
  const credential = await navigator.credentials.create({ publicKey: wanted })
  const { attestationObject, clientDataJSON } = credential.response
  return told(credential, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON) })
}
