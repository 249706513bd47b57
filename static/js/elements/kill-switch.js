// <kill-switch>: one click opens the dialog, a reason (chosen or written) and one more click stop everything.
// The form is a plain form: it works with the live line down.

class KillSwitch extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    this.addEventListener("click", ({ target }) => this.#press(target))
  }

  #press(target) {
    const reason = target.closest("[data-reason]")
    if (target.closest(".stop[aria-haspopup]")) this.#open()
    else if (reason) this.#choose(reason)
    else if (target === this.dialog || target.closest("[data-close]")) this.dialog.close()
  }

  #open() {
    this.dialog.showModal()
    this.querySelector("[data-reason]").focus()
  }

  #choose(reason) {
    for (const each of this.querySelectorAll("[data-reason]")) each.ariaPressed = String(each === reason)
    const field = this.querySelector("[name=reason]")
    field.value = reason.textContent
    this.querySelector(".send.stop").focus()
  }
}

customElements.define("kill-switch", KillSwitch)
