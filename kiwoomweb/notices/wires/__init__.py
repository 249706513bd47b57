"""How a message leaves: SMTP, HTTP."""
