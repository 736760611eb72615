"""One module per format that crawlers recognise here."""
