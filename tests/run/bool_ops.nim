discard """
  output: '''
eval a
false
eval c
true
eval e
eval f
false
false true false
true 1 false true
false false
'''
"""
# and, or short-circuit; xor and not.
proc t(name: string, value: bool): bool =
  echo "eval ", name
  value
echo t("a", false) and t("b", true)
echo t("c", true) or t("d", false)
echo t("e", true) and t("f", false)
echo true xor true, " ", true xor false, " ", not true
echo true > false, " ", ord(true), " ", low(bool), " ", high(bool)
var flag = true
flag = not flag
echo flag, " ", true == false
