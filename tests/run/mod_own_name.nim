discard """
  output: '''
f
f
33
f
b
truefalse
'''
"""
# A module knows itself by name; and a routine that was declared keeps its promises before its body is known.
proc f() = echo "f"
proc g[T](x: T) = mod_own_name.f()
mod_own_name.f()
g(1)
var v = 3
let f2 = 4
proc h(v: string) = echo mod_own_name.v, mod_own_name.v
h("x")
template again() = mod_own_name.f()
again()
type CB = proc () {.gcsafe.}
proc use(c: CB) {.gcsafe.}
proc b() {.gcsafe.}
proc a() {.gcsafe.} = use(b)
proc b() = echo "b"
proc use(c: CB) = c()
a()
echo declared(mod_own_name.v), declared(mod_own_name.nope)
