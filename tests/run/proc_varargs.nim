discard """
  output: '''
0 1 6 9 13
a-b-c 
<1><c><true><s><2.5> 
'''
"""
proc sum(xs: varargs[int]): int =
  for x in xs: result += x
proc join(sep: string, parts: varargs[string]): string =
  for i, p in parts:
    if i > 0: result.add(sep)
    result.add(p)
proc show(xs: varargs[string, `$`]): string =
  for x in xs: result.add("<" & x & ">")
echo sum(), " ", sum(1), " ", sum(1, 2, 3), " ", sum([4, 5]), " ", sum(@[6, 7])
echo join("-", "a", "b", "c"), " ", join("-")
echo show(1, 'c', true, "s", 2.5), " ", show()
