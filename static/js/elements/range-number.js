// <range-number data-none="…">: a slider and the number box beside it say the same, whichever is moved; 0 is none.
class RangeNumber extends HTMLElement {
  #leaving

  connectedCallback() {
    this.#leaving = new AbortController()
    this.#range.hidden = false
    this.#say()
    // Bubbling reaches this element before the form that sends both: what is sent is what is shown.
    this.addEventListener("input", ({ target }) => this.#moved(target), { signal: this.#leaving.signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  get #range() {
    return this.querySelector("[type=range]")
  }

  get #number() {
    return this.querySelector("[type=number]")
  }

  #moved(target) {
    if (target === this.#range) this.#number.value = Number(target.value) ? target.value : ""
    else this.#range.value = target.value || 0
    this.#say()
  }

  #say() {
    const { value } = this.#range
    this.#range.setAttribute("aria-valuetext", Number(value) ? `${value} %` : this.dataset.none)
  }
}

customElements.define("range-number", RangeNumber)
