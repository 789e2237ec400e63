discard """
  output: '''
{"bar": 7, "foo": 1, "foobar": 3}3true7
foo
foobar
bar7
foo1
foobar3
{"a", "x"}truefalse{"a"}
no key
'''
"""
import critbits
var c: CritBitTree[int]
c["foo"] = 1
c["bar"] = 2
c["foobar"] = 3
c.inc("bar", 5)
echo c, c.len, "foo" in c, c["bar"]
for k in c.keysWithPrefix("foo"): echo k
for k, v in c.pairs: echo k, v
var cs: CritBitTree[void]
cs.incl "x"
cs.incl "a"
echo cs, cs.containsOrIncl("x"), cs.missingOrExcl("x"), cs
try: echo c["nope"]
except KeyError: echo "no key"
