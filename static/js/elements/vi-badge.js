// <vi-badge topic="vi:005930">: shown while a volatility halt (VI) of the share lasts.
import { won } from "#lib/format"
import { follow } from "#lib/live"
import { seconds } from "#lib/words"

class ViBadge extends HTMLElement {
  #stop

  connectedCallback() {
    this.#stop = follow(this.getAttribute("topic"), (told) => this.#show(told))
  }

  disconnectedCallback() {
    this.#stop()
  }

  #show({ kind, price, at, released }) {
    this.hidden = released
    this.textContent = this.dataset.words.replace("{kind}", kind).replace("{price}", won(price))
    this.title = this.dataset.title.replace("{at}", seconds(at))
  }
}

customElements.define("vi-badge", ViBadge)
