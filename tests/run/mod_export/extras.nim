proc visible*(): string = "visible"
proc invisible*(): string = "invisible"
