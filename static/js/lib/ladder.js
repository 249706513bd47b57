// One row of the 호가창: remembers what it shows and touches the page only where that changes.
import { percent, trend, won } from "#lib/format"

export class Level {
  #shown = {}

  constructor(row) {
    this.row = row
    this.at = row.querySelector(".at")
    this.price = this.at.querySelector("b")
    this.rate = this.at.querySelector("small")
    this.size = row.querySelector(".size")
    this.bar = this.size.querySelector(".bar")
    this.amount = this.size.querySelector("span")
    this.own = this.size.querySelector("em")
    this.even = false
  }

  // price and size may be null (no such level); share is the size's part of the biggest one, 0 to 1.
  show({ price, size, share, base, isNow, isMean, own, parts }) {
    const same = this.#shown.price === price
    if (!same || this.#shown.base !== base) this.#name(price, base)
    if (this.#shown.size !== size) {
      this.amount.textContent = size === null ? "" : won(size)
      if (same && size !== null && this.#shown.size !== undefined) this.#flash()
    }
    if (this.#shown.share !== share) this.bar.style.transform = `scaleX(${share.toFixed(3)})`
    if (this.#shown.isNow !== isNow) this.at.classList.toggle("now", isNow)
    if (this.#shown.isMean !== isMean) this.at.classList.toggle("mean", isMean)
    if (this.#shown.own !== own) this.#claim(own)
    if (this.#shown.parts !== parts) this.size.title = parts
    this.#shown = { price, size, share, base, isNow, isMean, own, parts }
  }

  #name(price, base) {
    const known = price !== null && base > 0
    this.price.textContent = won(price)
    this.rate.textContent = known ? percent((100 * (price - base)) / base) : ""
    this.at.classList.remove("rise", "fall", "flat")
    if (known) this.at.classList.add(trend(price - base))
  }

  #claim(own) {
    this.own.textContent = own
    this.size.classList.toggle("own", own !== "")
  }

  // Two names for one animation: changing the name starts it over without asking for the layout.
  #flash() {
    this.even = !this.even
    this.size.dataset.flash = this.even ? "even" : "odd"
  }
}
