// <tab-set>: buttons (role=tab) that show one panel each; arrow keys walk along them.

class TabSet extends HTMLElement {
  connectedCallback() {
    // On a phone an answer arrives below the form: it comes into view.
    if ("arrives" in this.dataset && matchMedia("(max-width: 760px)").matches) this.scrollIntoView()
    this.addEventListener("click", ({ target }) => this.#choose(target.closest("[role=tab]")))
    this.addEventListener("keydown", (event) => this.#walk(event))
  }

  get #tabs() {
    return [...this.querySelectorAll("[role=tab]")]
  }

  #choose(chosen) {
    if (!chosen) return
    for (const tab of this.#tabs) {
      const on = tab === chosen
      tab.setAttribute("aria-selected", on)
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on
    }
    // What belongs to a panel without being in it: the button that saves its table.
    for (const part of this.querySelectorAll("[data-panel]"))
      part.hidden = part.dataset.panel !== chosen.getAttribute("aria-controls")
  }

  #walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!step || event.target.role !== "tab") return
    const tabs = this.#tabs
    const next = tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length]
    next.focus()
    this.#choose(next)
  }
}

customElements.define("tab-set", TabSet)
