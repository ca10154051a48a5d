"""Hand on packs: build, check, install and compare them."""
