discard """
  output: '''
3x 1y 2z 0default
25 10
317 121
'''
"""
# An array may be all of the varargs, and what follows goes to the next parameter.
proc count(xs: varargs[int], name: string = "default"): string = $xs.len & name
echo count([1, 2, 3], "x"), " ", count(@[1], "y"), " ", count(1, 2, name = "z"), " ", count()
proc pairsOf(xs: varargs[tuple[key, val: string]], n: int = 0): int = xs.len * 10 + n
echo pairsOf({"a": "b", "c": "d"}, 5), " ", pairsOf(("a", "b"))

# A template's varargs are handed on as they are.
proc show(xs: varargs[string]): string = $xs.len & $xs[0]
template inner(n: int, args: varargs[string, `$`]): string = show(args) & $n
template outer(args: varargs[string, `$`]): string = inner(7, args)
echo outer(1, "two", 3.5), " ", inner(1, 2)
