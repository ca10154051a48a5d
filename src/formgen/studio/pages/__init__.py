"""The pages: each reads what was asked, calls the functions of `api`, and shows what came back."""
