discard """
  output: '''
int helper, own helper
int helper
described 5
'''
"""
proc helper(x: int): string = "int helper"
template usesHelper(x: untyped): string =
  mixin helper
  helper(x)
type Own = object
proc helper(x: Own): string = "own helper"
echo usesHelper(1), ", ", usesHelper(Own())
template bound(x: int): string =
  bind helper
  helper(x)
echo bound(2)
proc generic[T](x: T): string =
  mixin describe
  describe(x)
proc describe(x: int): string = "described " & $x
echo generic(5)
