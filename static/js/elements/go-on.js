// <go-on>: sends its form as soon as it is there; without scripts a person presses the button.

class GoOn extends HTMLElement {
  connectedCallback() {
    this.querySelector("form").requestSubmit()
  }
}

customElements.define("go-on", GoOn)
