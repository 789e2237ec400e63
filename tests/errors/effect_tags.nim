discard """
  errormsg: "g() can have an unlisted effect: E1"
  line: 8
"""
type E1 = object of RootEffect
proc g() {.tags: [E1].} = discard
proc f() {.tags: [].} =
  g()
