"""Who may do what: keys, tickets, users, and what each of them opens."""
