"""How likely a word is after two others: a word model, and a model of spelling for the words that it does not know."""
