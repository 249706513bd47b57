// <copy-button>: copies the text of the panel in view beside it, also where the page did not come by HTTPS.

const SAID = 1600 // milliseconds for which the button says that it is done

class CopyButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => this.#copy())
  }

  async #copy() {
    const from = [...this.closest("tab-set").querySelectorAll("pre")].find((each) => each.checkVisibility())
    if (!from) return
    const copied = navigator.clipboard ? await navigator.clipboard.writeText(from.innerText).then(() => true, () => false) : this.#byHand(from)
    if (copied) this.#say()
  }

  #byHand(from) {
    const range = document.createRange()
    range.selectNodeContents(from)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return document.execCommand("copy")
  }

  #say() {
    const button = this.querySelector("button")
    const before = button.title
    button.title = button.dataset.done
    button.dataset.copied = ""
    setTimeout(() => {
      button.title = before
      delete button.dataset.copied
    }, SAID)
  }
}

customElements.define("copy-button", CopyButton)
