// <command-palette>: Ctrl+K, or a digit typed anywhere, opens the one line that leads everywhere. What the server
// finds (pages, 화면번호, symbols) comes first, then what this browser can do by itself.
import { prefer } from "#lib/preferences"

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open]")

class CommandPalette extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.dialog = this.querySelector("dialog")
    this.input = this.querySelector("input[name=q]")
    this.found = this.querySelector("#palette-found")
    document.addEventListener("keydown", (event) => this.#called(event), { signal })
    this.input.addEventListener("input", () => this.#narrow())
    this.input.addEventListener("htmx:beforeRequest", () => (this.found.dataset.asked = this.input.value))
    this.dialog.addEventListener("keydown", (event) => this.#walk(event))
    this.dialog.addEventListener("click", (event) => this.#clicked(event))
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #called(event) {
    if (event.defaultPrevented || event.altKey) return
    const asked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k"
    const digit = !event.ctrlKey && !event.metaKey && /^\d$/.test(event.key) && !typing(event.target)
    if (!asked && !digit) return
    event.preventDefault()
    this.#open(digit ? event.key : "")
  }

  #open(text) {
    this.found.replaceChildren()
    this.input.value = text
    this.#narrow()
    if (!this.dialog.open) this.dialog.showModal()
    this.input.focus()
    this.input.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // Commands that contain what was typed; the server has the rest.
  #narrow() {
    const wanted = this.input.value.trim().toLowerCase()
    for (const row of this.querySelectorAll(".commands > li")) row.hidden = !row.textContent.toLowerCase().includes(wanted)
  }

  #choices() {
    return [...this.dialog.querySelectorAll("li:not([hidden]) :is(a, button)")]
  }

  #walk(event) {
    const choices = this.#choices()
    const now = choices.indexOf(document.activeElement)
    if (event.key === "Enter" && document.activeElement === this.input) {
      // A list that answers what is typed now: its first. Otherwise the server decides what is meant.
      const current = this.found.dataset.asked === this.input.value && this.found.childElementCount > 0
      if (!/^\d{4,}$/.test(this.input.value) && (current || !this.input.value) && choices[0]) {
        event.preventDefault()
        choices[0].click()
      }
      return
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const next = choices[now + step] ?? this.input
    next.focus()
  }

  #clicked({ target }) {
    if (target === this.dialog) return this.dialog.close() // the ground beside it
    const command = target.closest("[data-prefer]")
    if (!command) return
    prefer(command.dataset.prefer, command.value)
    this.dialog.close()
  }
}

customElements.define("command-palette", CommandPalette)
