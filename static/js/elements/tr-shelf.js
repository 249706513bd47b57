// <tr-shelf>: the list of TRs. It shows which one is on the bench and brings it into view.

class TrShelf extends HTMLElement {
  connectedCallback() {
    const link = this.#current()
    if (link) this.scrollTop = link.offsetTop - this.clientHeight / 2 // the list scrolls, the page does not
    this.addEventListener("click", ({ target }) => this.#mark(target.closest("a")))
  }

  #current() {
    return this.querySelector("[aria-current]")
  }

  #mark(link) {
    if (!link) return
    this.#current()?.removeAttribute("aria-current")
    link.setAttribute("aria-current", "page")
    const on = document.getElementById("shelf-on")
    if (on) on.value = link.querySelector("code").textContent
  }
}

customElements.define("tr-shelf", TrShelf)
