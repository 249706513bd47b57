// <trade-list>: j/k or the arrows walk along the rows, Enter opens (it is a link), x ticks; one box ticks all.

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

class TradeList extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal })
    this.addEventListener("change", ({ target }) => this.#ticked(target), { signal })
    const all = this.querySelector("[data-all]")
    if (all) all.hidden = false
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  get #links() {
    return [...this.querySelectorAll("tbody .name a")]
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest?.("input:not([name=trade]), textarea, select, summary, dialog")) return
    const links = this.#links
    const at = links.indexOf(document.activeElement?.closest?.("tr")?.querySelector(".name a"))
    if (event.key === "x" && at >= 0) return links[at].closest("tr").querySelector("[name=trade]")?.click()
    const step = STEPS[event.key]
    if (!step || (at < 0 && event.key.startsWith("Arrow"))) return
    event.preventDefault()
    const next = links[Math.min(Math.max(at + step, 0), links.length - 1)]
    next.focus()
    next.scrollIntoView({ block: "nearest" })
  }

  #ticked(target) {
    if (!target.matches("[data-all]")) return
    for (const box of this.querySelectorAll("[name=trade]")) box.checked = target.checked
  }
}

customElements.define("trade-list", TradeList)
