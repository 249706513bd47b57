// <session-badge topic="book:005930" data-windows='[["정규장", opens, closes, auction], …]'>: what the venue does
// now. The time is the market's own: the moment of its last word, so that a practice market may run faster.
import { follow } from "#lib/live"

class SessionBadge extends HTMLElement {
  #stops = []
  #at = 0

  connectedCallback() {
    this.windows = JSON.parse(this.dataset.windows)
    this.#show(Number(this.dataset.now))
    for (const topic of [this.getAttribute("topic"), "session"]) this.#stops.push(follow(topic, ({ at }) => this.#show(at)))
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop()
  }

  #show(at) {
    if (at < this.#at) return
    this.#at = at
    const now = this.windows.find(([, opens, closes]) => at >= opens && at < closes)
    const words = now?.[0] ?? this.#closed(at)
    if (this.textContent !== words) this.textContent = words
    this.classList.toggle("ok", Boolean(now) && !now[3])
    this.classList.toggle("warn", Boolean(now?.[3]))
  }

  #closed(at) {
    const { before, after, between } = this.dataset
    if (this.windows.every(([, opens]) => at < opens)) return before
    return this.windows.every(([, , closes]) => at >= closes) ? after : between
  }
}

customElements.define("session-badge", SessionBadge)
