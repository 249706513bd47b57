// <try-sound data-from="#select"><button>: hear the sound that is chosen there.
import { play } from "#lib/sounds"

class TrySound extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => play(document.querySelector(this.dataset.from)?.value))
  }
}

customElements.define("try-sound", TrySound)
