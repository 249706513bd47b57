// <toast-note>: a sentence in the corner that leaves by itself, later when somebody is reading it.

const STAYS = 6000 // milliseconds; long enough to read two lines aloud

class ToastNote extends HTMLElement {
  #timer

  connectedCallback() {
    this.#leaveLater()
    this.addEventListener("pointerenter", () => clearTimeout(this.#timer))
    this.addEventListener("pointerleave", () => this.#leaveLater())
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
  }

  #leaveLater() {
    this.#timer = setTimeout(() => this.remove(), STAYS)
  }
}

customElements.define("toast-note", ToastNote)
