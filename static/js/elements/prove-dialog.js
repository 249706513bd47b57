// <prove-dialog>: the question who is there, over the page. Answered, it repeats the request that had met it.

let waiting = null

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.getResponseHeader("X-Prove")) waiting = detail.requestConfig
})

class ProveDialog extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog")
    this.dialog.showModal()
    this.dialog.addEventListener("close", () => this.remove())
    this.addEventListener("proved", () => this.#goOn())
  }

  #goOn() {
    const asked = waiting
    waiting = null
    this.dialog.close()
    document.dispatchEvent(new CustomEvent("step-up", { detail: asked }))
    if (asked?.elt?.isConnected)
      window.htmx.ajax(asked.verb.toUpperCase(), asked.path, { source: asked.elt, values: asked.parameters, headers: {} })
  }
}

customElements.define("prove-dialog", ProveDialog)
