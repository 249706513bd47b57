// <sort-table>: a table whose headers hold buttons; pressing one orders the rows, pressing it again turns them.
// Unknown values stay at the end either way, equal rows keep their order.

const UNKNOWN = new Set(["", "—"])
const sorter = new Intl.Collator("ko", { numeric: true })

// "−1,234", "+0.52%" and "▲ 700" as numbers.
const number = (text) => Number(text.replace("−", "-").replace(/[^\d.:-]/g, "").replaceAll(":", ""))

class SortTable extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => this.#by(target.closest("thead th")))
  }

  #by(header) {
    if (!header) return
    const place = header.cellIndex
    const numeric = header.classList.contains("num")
    const before = header.getAttribute("aria-sort")
    const upwards = before ? before === "descending" : !numeric
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort")
    header.setAttribute("aria-sort", upwards ? "ascending" : "descending")
    const body = this.querySelector("tbody")
    const keyed = [...body.rows].map((row) => ({ row, text: row.cells[place].textContent.trim() }))
    const known = keyed.filter(({ text }) => !UNKNOWN.has(text))
    if (numeric) for (const each of known) each.value = number(each.text)
    const turn = upwards ? 1 : -1
    known.sort((a, b) => turn * (numeric ? a.value - b.value : sorter.compare(a.text, b.text)))
    body.replaceChildren(...[...known, ...keyed.filter(({ text }) => UNKNOWN.has(text))].map(({ row }) => row))
  }
}

customElements.define("sort-table", SortTable)
