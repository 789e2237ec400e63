discard """
  errormsg: "t() has an illegal effect: MyTag"
  line: 8
  disabled: "nim"
"""
type MyTag = object of RootEffect
proc t() {.tags: [MyTag].} = discard
proc u() {.forbids: [MyTag].} = t()
proc v() {.forbids: [WriteIOEffect].} = t()
# `forbids` is of Nim 2 (manual: "Tag tracking").
