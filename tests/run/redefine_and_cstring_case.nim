discard """
  disabled: "nim"
  output: '''
1
1!
1233
'''
"""
# Of Nim 2: a template that replaces another says so (changelog of 2.0, "Changes affecting backward compatibility"), and `case`
# takes a `cstring` (the same, "Language changes").
template shown(n: int) = echo n
shown(1)
template shown(n: int) {.redefine.} = echo n, "!"
shown(1)

proc kind(text: cstring): int =
  case text
  of "a", "b": 1
  of "longer": 2
  else: 3
echo kind("b"), kind("longer"), kind("c"), kind(nil)
