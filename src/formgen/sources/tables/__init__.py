"""Tables as spreadsheets write them."""
