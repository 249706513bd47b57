// <note-box>: saves the day's note while it is written. What the server has not confirmed stays in this browser
// and is tried again, so neither a closed tab nor a dead server costs a word.

const IDLE = 800 // milliseconds without a key before saving
const AGAIN = 5000 // before the next try after a failure

class NoteBox extends HTMLElement {
  #timer
  #leaving

  connectedCallback() {
    this.form = this.querySelector("form")
    if (!this.form) return
    this.text = this.form.elements.text
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.text.addEventListener("input", () => this.#written(), { signal })
    this.text.addEventListener("blur", () => this.#save(), { signal })
    this.form.addEventListener("htmx:afterRequest", ({ detail }) => this.#answered(detail.xhr.status), { signal })
    this.addEventListener("click", ({ target }) => this.#insert(target.closest("[data-insert]")), { signal })
    addEventListener("pagehide", () => this.#leave(), { signal })
    this.saved = this.text.defaultValue // what was typed before this ran has been saved by nobody
    this.#restore()
    if (this.text.value !== this.saved) this.#written()
  }

  disconnectedCallback() {
    clearTimeout(this.#timer)
    this.#leaving?.abort()
  }

  get #draft() {
    return `note:${this.dataset.key}`
  }

  #written() {
    localStorage.setItem(this.#draft, this.text.value)
    this.#saveIn(IDLE)
  }

  #saveIn(pause) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), pause)
  }

  #save() {
    clearTimeout(this.#timer)
    if (this.text.value === this.saved) return
    const letters = this.#letters
    if (letters > this.dataset.longest) return this.#say(this.dataset.tooLong.replace("{n}", letters.toLocaleString()), true)
    this.sending = this.text.value
    this.#say(this.dataset.saving)
    this.form.dispatchEvent(new Event("save"))
  }

  // As the server counts: characters, not the halves a script sees of some of them.
  get #letters() {
    return [...this.text.value.trim()].length
  }

  #answered(status) {
    if (status === 422) return // the server has said what to do; the same text again would be refused again
    if (status < 200 || status >= 300) {
      this.#say(this.dataset.unsaved, true)
      return this.#saveIn(AGAIN)
    }
    this.saved = this.sending
    if (this.text.value === this.saved) localStorage.removeItem(this.#draft)
    else this.#saveIn(IDLE)
  }

  // An outline goes where the cursor is, never over what was written.
  #insert(button) {
    if (!button) return
    const { value, selectionEnd: at } = this.text
    const before = value.slice(0, at)
    const gap = before && !before.endsWith("\n") ? "\n" : ""
    this.text.setRangeText(`${gap}${button.dataset.insert}\n`, at, at, "end")
    button.closest("details")?.removeAttribute("open")
    this.text.focus()
    this.#written()
  }

  // The page goes: one last try that may outlive it.
  #leave() {
    if (this.text.value === this.saved || this.#letters > this.dataset.longest) return
    fetch(this.form.action, { method: "POST", body: new FormData(this.form), keepalive: true })
  }

  #restore() {
    const draft = localStorage.getItem(this.#draft)
    if (draft === null || draft === this.saved) return localStorage.removeItem(this.#draft)
    this.text.value = draft
    this.#say(this.dataset.restored, true)
    this.#saveIn(IDLE)
  }

  #say(words, isTrouble = false) {
    const line = this.querySelector("[data-words]")
    line.textContent = words
    line.toggleAttribute("data-trouble", isTrouble)
  }
}

customElements.define("note-box", NoteBox)
