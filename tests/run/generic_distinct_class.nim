discard """
  output: '''
1 2.5, 0.5 3, 4 4
1 2false
'''
"""
# `distinct Class` lets each parameter have a type of its own; a class alone binds once.
type Number = int | float
proc pair(a: distinct Number, b: distinct Number): string = $a & " " & $b
echo pair(1, 2.5), ", ", pair(0.5, 3), ", ", pair(4, 4)
proc same(a, b: Number): string = $a & " " & $b
echo same(1, 2), compiles(same(1, 2.5))
