// <row-edit>: the one dialog of the board's rows. A press on a row's menu fills it with that symbol.

class RowEdit extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    document.addEventListener("click", this.#open)
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.#open)
  }

  #open = ({ target }) => {
    const row = target.closest("[data-edit]")?.closest("[data-symbol]")
    if (!row) return
    this.querySelector("h2").textContent = `${row.dataset.name} ${row.dataset.symbol}`
    for (const field of this.querySelectorAll("[name=symbol]")) field.value = row.dataset.symbol
    this.querySelector("[name=memo]").value = row.dataset.memo
    this.dialog.showModal()
  }
}

customElements.define("row-edit", RowEdit)
