// <alert-bell>: the number of unread alerts and notices. What has just rung is shown in the corner of every window, and is
// heard and handed to the system by one of them only. The server sends it anew whenever an alert rings.
import { play } from "#lib/sounds"

const FRESH = 60 // seconds; what rang while nobody was here is counted, not heard
const HEARD = "alerts-heard"
const shown = new Set()

class AlertBell extends HTMLElement {
  connectedCallback() {
    for (const ring of [...this.querySelectorAll("[data-ring]")].reverse()) this.#tell(ring.dataset)
  }

  #tell(ring) {
    const name = `${ring.series ?? ""}${ring.ring}`
    if (shown.has(name) || Date.now() / 1000 - ring.made > FRESH) return
    shown.add(name)
    document.getElementById("toasts")?.append(this.#toast(ring))
    navigator.locks.request(HEARD, () => this.#hearOnce(ring))
  }

  #toast({ title, text, at }) {
    const note = document.createElement("toast-note")
    note.className = "toast"
    const dot = document.createElement("i")
    dot.className = "dot"
    dot.ariaHidden = "true"
    const words = document.createElement("a")
    words.href = at ?? this.querySelector("a").href
    words.textContent = `${title} — ${text}`
    note.append(dot, words)
    return note
  }

  // Rings are numbered: whatever is not above the last one heard in any window has been heard.
  #hearOnce({ series = "alerts", ring, sound, title, text }) {
    const heard = `${series}-heard`
    if (Number(ring) <= Number(localStorage.getItem(heard) ?? 0)) return
    localStorage.setItem(heard, ring)
    if (sound) play(sound)
    if (globalThis.Notification?.permission === "granted") new Notification(title, { body: text, tag: `${series}-${ring}` })
  }
}

customElements.define("alert-bell", AlertBell)
