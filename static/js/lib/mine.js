// What is mine in a symbol: average, open orders, fills. Asked once per page and again after every event.

const asked = new Map() // address -> { callbacks, value }

// Calls back with {average, quantity, orders, fills} now and after every change. Returns how to stop.
export function mine(address, callback) {
  const entry = asked.get(address) ?? begin(address)
  entry.callbacks.add(callback)
  if (entry.value) callback(entry.value)
  return () => entry.callbacks.delete(callback)
}

function begin(address) {
  const entry = { callbacks: new Set() }
  asked.set(address, entry)
  const ask = () => refresh(address, entry)
  for (const name of ["live:order", "live:balance", "live:resync"]) document.addEventListener(name, ask)
  ask()
  return entry
}

async function refresh(address, entry) {
  const reply = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null)
  if (!reply?.ok) return // what is shown stays; the next event asks again
  entry.value = await reply.json()
  for (const callback of entry.callbacks) callback(entry.value)
}
