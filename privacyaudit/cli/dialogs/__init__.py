"""What is asked around a job: who and what, the browser, the history, decisions, a passphrase."""
