import size
var bytes: set[Number] = {Number(1), Number(5)}
var small: set[Small] = {Small(3)}
proc show*() = echo bytes, " ", small, " ", card(bytes)
