// <symbol-field>: a code that may be looked for by name or 초성. What is picked from the list becomes the code.

class SymbolField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input")
    this.list = this.querySelector(".found")
    this.name = this.querySelector("em")
    this.addEventListener("click", ({ target }) => this.#pick(target.closest("[data-symbol]")))
    this.addEventListener("keydown", (event) => this.#walk(event))
    this.addEventListener("focusout", ({ relatedTarget }) => this.contains(relatedTarget) || this.#close())
    this.input.addEventListener("input", () => (this.name.textContent = ""))
    this.addEventListener("htmx:afterSwap", () => this.#show())
  }

  #show() {
    // A code that is complete needs no list: it is what is meant.
    const [first] = this.list.querySelectorAll("[data-symbol]")
    if (first?.dataset.symbol === this.input.value.trim().toUpperCase()) this.#pick(first)
    this.input.setAttribute("aria-expanded", this.list.childElementCount > 0)
  }

  #pick(choice) {
    if (!choice) return
    this.input.value = choice.dataset.symbol
    this.name.textContent = choice.dataset.name
    this.#close()
    if (document.activeElement !== this.input) this.input.focus()
  }

  #close() {
    this.list.replaceChildren()
    this.input.setAttribute("aria-expanded", "false")
  }

  #walk(event) {
    if (event.key === "Escape") return this.#close()
    const choices = [...this.list.querySelectorAll("[data-symbol]")]
    if (!choices.length) return
    const now = choices.indexOf(document.activeElement)
    if (event.key === "Enter" && now < 0) {
      event.preventDefault() // the best match, not yet the form
      return this.#pick(choices[0])
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const next = choices[now + step] ?? this.input
    next.focus()
  }
}

customElements.define("symbol-field", SymbolField)
