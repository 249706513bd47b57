// The order of the board's rows: by a column (its header is pressed; a third press brings back the list's own
// order), or by hand. A handle is dragged by mouse or finger, or moved by the arrow keys; what is saved is the
// neighbour it came behind, so that nobody's change is lost.
const SAVES = 350 // milliseconds after the last key

class BoardOrder extends HTMLElement {
  #came
  #saving

  connectedCallback() {
    this.board = this.closest("live-board")
    this.body = this.querySelector("tbody")
    this.#came = [...this.body.rows]
    this.sort = { key: this.board.dataset.sort, descending: this.board.dataset.descending === "1" }
    this.addEventListener("click", ({ target }) => this.#press(target.closest("button[data-sort]")))
    this.addEventListener("keydown", (event) => this.#key(event))
    this.addEventListener("pointerdown", (event) => this.#grip(event))
    customElements.whenDefined("live-board").then(() => this.#order())
  }

  #press(button) {
    if (!button) return
    const key = button.dataset.sort
    const { sort } = this
    if (key !== sort.key) this.sort = { key, descending: true }
    else this.sort = sort.descending && key ? { key, descending: false } : { key: "", descending: true }
    this.#order()
    this.#post(this.board.dataset.look, { sort: this.sort.key, descending: this.sort.descending ? "1" : "0", quietly: "1" })
  }

  #order() {
    const { key, descending } = this.sort
    for (const header of this.querySelectorAll("th[data-key]")) {
      if (header.dataset.key === key) header.setAttribute("aria-sort", descending ? "descending" : "ascending")
      else header.removeAttribute("aria-sort")
    }
    this.toggleAttribute("data-sorted", Boolean(key))
    this.body.replaceChildren(...(key ? this.#sorted(key, descending ? -1 : 1) : this.#came))
  }

  #sorted(key, turn) {
    const keyed = this.#came.map((row) => ({ row, figure: this.board.figure(row.dataset.symbol, key) }))
    const known = keyed.filter(({ figure }) => figure !== null).sort((a, b) => turn * (a.figure - b.figure))
    return [...known, ...keyed.filter(({ figure }) => figure === null)].map(({ row }) => row)
  }

  #key(event) {
    const row = event.target.closest("tbody tr")
    if (!row || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return
    if (event.target.closest("[data-handle]")) this.#carry(event, row)
    else if (event.target.matches(".name a")) this.#walk(event, row)
  }

  #walk(event, row) {
    const next = { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling, Home: this.body.rows[0], End: [...this.body.rows].at(-1) }[event.key]
    event.preventDefault()
    next?.querySelector(".name a").focus()
  }

  #carry(event, row) {
    event.preventDefault()
    if (this.#refuses()) return
    const handle = event.target.closest("[data-handle]")
    if (event.key === "ArrowUp") row.previousElementSibling?.before(row)
    if (event.key === "ArrowDown") row.nextElementSibling?.after(row)
    if (event.key === "Home") this.body.prepend(row)
    if (event.key === "End") this.body.append(row)
    handle.focus()
    this.#tell(row)
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => this.#save(row), SAVES)
  }

  #grip(event) {
    const handle = event.target.closest("[data-handle]")
    if (!handle || event.button !== 0 || this.#refuses()) return
    event.preventDefault()
    handle.focus()
    const row = handle.closest("tr")
    row.classList.add("dragged")
    const leaving = new AbortController()
    const { signal } = leaving
    // At the document, for a row that is moved in the page loses whatever it had captured.
    const heed = (name, act) =>
      document.addEventListener(name, (next) => next.pointerId === event.pointerId && act(next), { signal })
    heed("pointermove", (move) => this.#drag(move, row))
    const end = (dropped) => {
      leaving.abort()
      row.classList.remove("dragged")
      if (dropped) this.#drop(dropped, row)
    }
    heed("pointerup", end)
    heed("pointercancel", () => end(null))
  }

  #drag({ clientX, clientY }, row) {
    const list = this.#listAt(clientX, clientY)
    for (const link of document.querySelectorAll("[data-list].over")) link.classList.remove("over")
    list?.classList.add("over")
    const over = document.elementFromPoint(clientX, clientY)?.closest("tr[data-symbol]")
    if (!over || over === row || over.parentElement !== this.body) return
    const { top, height } = over.getBoundingClientRect()
    if (clientY < top + height / 2) over.before(row)
    else over.after(row)
  }

  #drop({ clientX, clientY }, row) {
    const list = this.#listAt(clientX, clientY)
    list?.classList.remove("over")
    if (list) return this.#moveTo(list.dataset.list, row)
    this.#tell(row)
    this.#save(row)
  }

  #listAt(x, y) {
    const link = document.elementFromPoint(x, y)?.closest("[data-list]:not([aria-current])")
    return link && document.querySelector(`#row-to option[value="${link.dataset.list}"]`) ? link : null
  }

  // The dialog's own form does the moving: one way for all.
  #moveTo(number, row) {
    const select = document.getElementById("row-to")
    select.value = number
    select.form.elements.symbol.value = row.dataset.symbol
    select.form.requestSubmit()
  }

  #refuses() {
    if (this.sort.key) this.#say(this.board.dataset.ordered)
    return Boolean(this.sort.key)
  }

  async #save(row) {
    const after = row.previousElementSibling?.dataset.symbol ?? ""
    const reply = await this.#post(this.board.dataset.place, { symbol: row.dataset.symbol, after })
    if (!reply?.ok) return this.#say(this.board.dataset.unsaved)
    this.#settle((await reply.json()).order)
  }

  // The order as it is on the server now, with what others have moved meanwhile.
  #settle(order) {
    const turn = new Map(order.map((symbol, n) => [symbol, n]))
    this.#came = [...this.body.rows].sort((a, b) => (turn.get(a.dataset.symbol) ?? Infinity) - (turn.get(b.dataset.symbol) ?? Infinity))
    const active = document.activeElement
    if (this.#came.some((row, n) => this.body.rows[n] !== row)) this.body.replaceChildren(...this.#came)
    active?.focus()
  }

  #post(address, told) {
    const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"))
    return fetch(address, { method: "POST", body: new URLSearchParams(told), headers: { "X-CSRFToken": token } }).catch(() => null)
  }

  #tell(row) {
    const { name } = row.dataset
    this.#say(this.board.dataset.moved.replace("{name}", name).replace("{n}", row.rowIndex))
  }

  #say(words) {
    this.board.querySelector("[data-said]").textContent = words
  }
}

customElements.define("board-order", BoardOrder)
