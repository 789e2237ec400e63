type find* = int
const join* = 3
