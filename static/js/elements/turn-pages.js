// <turn-pages>: links rel=prev and rel=next that the arrow keys follow, unless the reader is in a field or a tab.

const busy = (target) => target.closest?.("input, textarea, select, [contenteditable], [role=tab], [role=slider]")

class TurnPages extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    document.addEventListener("keydown", (event) => this.#turn(event), { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #turn(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || busy(event.target)) return
    const which = { ArrowLeft: "prev", ArrowRight: "next" }[event.key]
    if (which) this.querySelector(`a[rel=${which}]`)?.click()
  }
}

customElements.define("turn-pages", TurnPages)
