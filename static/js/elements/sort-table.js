// <sort-table data-key="…">: a table whose headers hold buttons. Pressing one orders the rows, pressing it again
// turns them, a third time brings back the order they came in. Unknown values stay at the end either way, equal
// rows keep their order. With a key the order outlives the table: one that is drawn anew is put in it again.

const UNKNOWN = new Set(["", "—"])
const sorter = new Intl.Collator("ko", { numeric: true })
const chosen = new Map() // key -> { column, direction }
const DAY = /^\d{4}-\d\d-\d\d/

// "−1,234", "+0.52%" and "▲ 700" as numbers, days and clocks in their order.
const number = (text) =>
  Number(DAY.test(text) ? text.replace(/\D/g, "") : text.replace("−", "-").replace(/[^\d.-]/g, ""))

// What a cell says first: of a price with its rate below the price, of 1.2억 the won its tooltip tells.
const exact = (cell) => {
  const short = cell.querySelector("span[title]:not(.odd)")
  return (short?.title ?? (cell.querySelector("b") ?? cell).textContent).trim()
}

class SortTable extends HTMLElement {
  #came // the rows as they came

  connectedCallback() {
    this.addEventListener("click", ({ target }) => this.#press(target.closest("thead th")))
    const { column, direction } = chosen.get(this.dataset.key) ?? {}
    const header = [...this.querySelectorAll("thead th")].find((each) => each.textContent === column)
    if (header) this.#order(header, direction)
  }

  #press(header) {
    if (!header) return
    const ways = ["ascending", "descending"]
    if (header.classList.contains("num")) ways.reverse()
    const direction = ways[ways.indexOf(header.getAttribute("aria-sort")) + 1]
    if (this.dataset.key) chosen.set(this.dataset.key, { column: header.textContent, direction })
    this.#order(header, direction)
  }

  #order(header, direction) {
    const body = this.querySelector("tbody")
    this.#came ??= [...body.rows]
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort")
    if (direction) header.setAttribute("aria-sort", direction)
    body.replaceChildren(...(direction ? this.#sorted(header, direction) : this.#came))
  }

  #sorted(header, direction) {
    const numeric = header.classList.contains("num")
    const keyed = this.#came.map((row) => this.#keyed(row, row.cells[header.cellIndex], numeric))
    const known = keyed.filter(({ value }) => value !== null)
    const turn = direction === "ascending" ? 1 : -1
    known.sort((a, b) => turn * (numeric ? a.value - b.value : sorter.compare(a.value, b.value)))
    return [...known, ...keyed.filter(({ value }) => value === null)].map(({ row }) => row)
  }

  #keyed(row, cell, numeric) {
    const text = numeric ? exact(cell) : cell.textContent.trim()
    const value = numeric ? number(text) : text
    return { row, value: UNKNOWN.has(text) || Number.isNaN(value) ? null : value }
  }
}

customElements.define("sort-table", SortTable)
