discard """
  output: '''
more
more
c
more
arr
231
2311311111333333333333333333333333333333333333333333333333333333333313
in
in
out
'''
"""
# Labels of `case` may be constant sets and arrays of any size; within one set nothing stands twice.
type K = enum ka, kb, kc, kd, ke
const decl = {ka, kb}
const more = decl + {kd}
const arr = [ke]
proc f(k: K): string =
  case k
  of more: "more"
  of arr: "arr"
  of kc: "c"
for k in K: echo f(k)
const sep = '/'
const alt = '/'
proc g(c: char): int =
  case c
  of 'a'..'z': 1
  of {sep, alt}: 2
  of {'.', '.'}: 3
  else: 4
echo g('/'), g('.'), g('b')

type Many = enum
  k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, k13, k14, k15, k16, k17, k18, k19, k20, k21, k22, k23, k24, k25, k26, k27, k28, k29, k30, k31, k32, k33, k34, k35, k36, k37, k38, k39, k40, k41, k42, k43, k44, k45, k46, k47, k48, k49, k50, k51, k52, k53, k54, k55, k56, k57, k58, k59, k60, k61, k62, k63, k64, k65, k66, k67, k68, k69
type Manies = set[Many]
const a* = {k1, k5..k9, k68}
const b* = a + {k2, k3}
const c: Manies = b - {k1}
const d = {low(Many)..k0}
const bytes = {'a'..'f'} + {'z'}
proc h(k: Many): int =
  case k
  of c: 1
  of d: 2
  else: 3
var s = ""
for k in Many: s.addInt h(k)
echo s
for x in "abz": 
  case x
  of bytes - {'z'}: echo "in"
  else: echo "out"
