proc greeting*(): string = "goodbye"
