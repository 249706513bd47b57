// <notice-permit>: whether this browser may show notices, in words, and the button that asks it.

class NoticePermit extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button")
    this.button.addEventListener("click", async () => {
      await Notification.requestPermission()
      this.#show()
    })
    this.#show()
  }

  #show() {
    const state = globalThis.Notification && isSecureContext ? Notification.permission : "absent"
    this.querySelector("[data-words]").textContent = this.dataset[state]
    this.button.hidden = state !== "default"
  }
}

customElements.define("notice-permit", NoticePermit)
