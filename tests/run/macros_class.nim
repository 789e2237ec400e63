discard """
  output: '''
Rex woof 14
Tom meow 3
'''
"""
# A block of methods and fields becomes a type and methods with `self`.
import macros
macro class(head, body: untyped): untyped =
  var typeName, base: NimNode
  if head.kind == nnkInfix and eqIdent(head[0], "of"):
    typeName = head[1]; base = head[2]
  else:
    typeName = head; base = ident"RootObj"
  result = newStmtList()
  var recList = newNimNode(nnkRecList)
  var meths = newStmtList()
  for node in body.children:
    case node.kind
    of nnkMethodDef, nnkProcDef:
      node.params.insert(1, newIdentDefs(ident"self", typeName))
      meths.add node
    of nnkVarSection:
      for n in node: recList.add n
    else: error("bad class body", node)
  result.add newTree(nnkTypeSection, newTree(nnkTypeDef, typeName, newEmptyNode(),
    newTree(nnkRefTy, newTree(nnkObjectTy, newEmptyNode(), newTree(nnkOfInherit, base), recList))))
  result.add meths
class Animal:
  var name: string
  var age: int
  method vocalize(): string {.base.} = "..."
  method ageHuman(): int {.base.} = self.age
class Dog of Animal:
  method vocalize(): string = "woof"
  method ageHuman(): int = self.age * 7
class Cat of Animal:
  method vocalize(): string = "meow"
var animals: seq[Animal]
animals.add Dog(name: "Rex", age: 2)
animals.add Cat(name: "Tom", age: 3)
for a in animals: echo a.name, " ", a.vocalize, " ", a.ageHuman

