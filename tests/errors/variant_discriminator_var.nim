discard """
  errormsg: "type mismatch: got <Kind>"
  line: 14
"""
# A discriminator is changed by an assignment, which looks at the branches, and by nobody who was given its address.
type
  Kind = enum text, number
  Token = object
    case kind: Kind
    of text: s: string
    of number: i: int
proc change(x: var Kind) = x = number
var t = Token(kind: text, s: "abc")
change(t.kind)
