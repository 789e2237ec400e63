discard """
  output: '''
(2 * (3 + -1) + 4) = 8
'''
"""
# An expression tree.
type
  NodeKind = enum num, add, mul, neg
  Node = ref object
    case kind: NodeKind
    of num: value: int
    of add, mul: left, right: Node
    of neg: operand: Node
proc n(v: int): Node = Node(kind: num, value: v)
proc `+`(a, b: Node): Node = Node(kind: add, left: a, right: b)
proc `*`(a, b: Node): Node = Node(kind: mul, left: a, right: b)
proc `-`(a: Node): Node = Node(kind: neg, operand: a)
proc eval(x: Node): int =
  case x.kind
  of num: x.value
  of add: eval(x.left) + eval(x.right)
  of mul: eval(x.left) * eval(x.right)
  of neg: -eval(x.operand)
proc `$`(x: Node): string =
  case x.kind
  of num: $x.value
  of add: "(" & $x.left & " + " & $x.right & ")"
  of mul: $x.left & " * " & $x.right
  of neg: "-" & $x.operand
let e = n(2) * (n(3) + -n(1)) + n(4)
echo e, " = ", eval(e)
