// The one Trusted Types policy of the page, before anything else runs. Text becomes a script nowhere, and a script
// comes from our own static files alone. Markup is left to the browser's content policy, under which nothing
// in it can run: htmx and the charts insert what this server has rendered.
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => markup,
  createScript: () => null,
  createScriptURL: (address) => {
    const asked = new URL(address, location.href)
    return asked.origin === location.origin && asked.pathname.startsWith("/static/") ? asked.href : null
  },
})
