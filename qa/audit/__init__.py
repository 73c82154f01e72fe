"""The log of answers: what was asked, from what it was answered, and proof that it stayed so."""
