// What this browser remembers about looks: kept locally, told to whoever draws.

const root = document.documentElement

export const preference = (name) => localStorage.getItem(name) ?? root.dataset[name] ?? ""

// An empty value forgets the preference and follows the system again.
export function prefer(name, value) {
  if (value) localStorage.setItem(name, value)
  else localStorage.removeItem(name)
  if (value) root.dataset[name] = value
  else delete root.dataset[name]
  document.dispatchEvent(new CustomEvent("preference", { detail: { name, value } }))
}

// Calls back whenever colours change: by hand, or because the system turned dark.
export function onLooks(callback, signal) {
  document.addEventListener("preference", callback, { signal })
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback, { signal })
}

// What a reader left as it was, remembered quietly: nobody else has to hear of it.
export const recall = (name) => localStorage.getItem(`kept:${name}`)
export const keep = (name, value) => localStorage.setItem(`kept:${name}`, value)
