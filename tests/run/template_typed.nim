discard """
  output: '''
3
text
false true false true
intstring
48
3.0A
3
'''
"""
# Typed parameters are checked before, untyped ones after they are put in.
template show(x: typed) = echo x
template maybe(x: untyped): bool = compiles(x)
show(1 + 2)
show "text"
echo maybe(undeclaredThing), " ", maybe(1 + 1), " ", maybe(1 + "a"), " ", maybe("a" & "b")
template pick(x: int): string = "int"
template pick(x: string): string = "string"
echo pick(1), pick("a")
template size(T: typedesc): int = sizeof(T)
echo size(int32), size(float)
template create(T: typedesc, v: untyped): untyped = T(v)
echo create(float, 3), create(char, 65)
template vararg(xs: varargs[untyped]): untyped = [xs].len
echo vararg(1, 2, 3)
