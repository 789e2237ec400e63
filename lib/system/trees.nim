# Syntax trees on their way between the compiler and macros: as bytes. The compiler's side is `sema/macros/user/wire.rs`.
#
# A node is its kind and shape, where it stands, its type, and what the shape says. Numbers are in LEB128.

const
  treeNothing = 0 # `nodeShape`
  treeName = 1
  treeInt = 2
  treeFloat = 3
  treeText = 4
  treeSymbol = 5
  treeKids = 6
  treeHole = 7
  treeFreshEachTime = 1 shl 60 # symbols of a quoted tree that are fresh each time

type
  TreeReader* = object
    ## Bytes that are read from a place on.
    bytes*: string
    at*: int

proc treeNumber*(r: var TreeReader): int =
  ## The next number.
  var shift = 0
  while true:
    let b = int(r.bytes[r.at])
    inc r.at
    result = result or ((b and 127) shl shift)
    if b < 128: break
    shift += 7

proc treeString*(r: var TreeReader): string =
  ## The next text.
  let size = r.treeNumber
  result = newString(size)
  if size > 0: copyMem(addr result[0], addr r.bytes[r.at], size)
  r.at += size

proc treeSigned(r: var TreeReader): int64 =
  let n = cast[uint64](r.treeNumber)
  result = cast[int64]((n shr 1) xor (0'u64 - (n and 1)))

proc treeNode*(r: var TreeReader, holes: openArray[NimNode], fresh: var seq[int]): NimNode

proc askAddress(request: pointer, size: int): pointer {.importc: "midair_ask".}
proc freeAnswer(answer: pointer) {.importc: "free".}

proc askCompiler*(request: string): TreeReader =
  ## Asks the compiler something, at compile time.
  var question = request
  let answer = askAddress(addr question[0], question.len)
  var size: int64
  copyMem(addr size, answer, 8)
  var bytes = newString(int(size))
  if size > 0: copyMem(addr bytes[0], cast[pointer](cast[int](answer) + 8), int(size))
  freeAnswer(answer)
  TreeReader(bytes: bytes, at: 0)

proc freshNumber*(): int =
  ## A number that no other symbol has.
  var r = askCompiler("g")
  r.treeNumber

proc treeNode*(r: var TreeReader, holes: openArray[NimNode], fresh: var seq[int]): NimNode =
  ## The next node; `holes` are the arguments of a quoted tree.
  result = NimNode()
  let first = r.treeNumber
  result.nodeKind = first shr 3
  result.nodeShape = first and 7
  result.nodeFile = r.treeNumber
  result.nodeStart = r.treeNumber
  result.nodeEnd = r.treeNumber
  result.nodeType = r.treeNumber
  case result.nodeShape
  of treeName, treeText: result.nodeText = r.treeString
  of treeInt:
    result.nodeInt = r.treeSigned
    result.nodeBase = r.treeNumber
  of treeFloat: result.nodeFloat = cast[float](r.treeSigned)
  of treeSymbol:
    result.nodeText = r.treeString
    result.nodeSymKind = r.treeNumber
    result.nodeSym = r.treeNumber
    if result.nodeSym > treeFreshEachTime:
      let which = result.nodeSym - treeFreshEachTime - 1
      while fresh.len <= which: fresh.add 0
      if fresh[which] == 0: fresh[which] = freshNumber()
      result.nodeKind = 2 # an identifier
      result.nodeShape = treeName
      result.nodeText.add "`gensym" & $fresh[which]
  of treeKids:
    let count = r.treeNumber
    result.nodeKids = newSeqOfCap[NimNode](count)
    for i in 0 ..< count: result.nodeKids.add r.treeNode(holes, fresh)
  of treeHole:
    result = holes[r.treeNumber]
  else: discard

proc readTree(bytes: string): NimNode {.core.} =
  var r = TreeReader(bytes: bytes, at: 0)
  var fresh: seq[int]
  r.treeNode([], fresh)

proc putNumber*(s: var string, n: int) =
  ## Adds a number.
  var rest = cast[uint64](n)
  while rest >= 128:
    s.add char(int(rest and 127) or 128)
    rest = rest shr 7
  s.add char(int(rest))

proc putString*(s: var string, text: string) =
  ## Adds a text.
  s.putNumber text.len
  s.add text

proc putSigned(s: var string, n: int64) =
  let bits = cast[uint64](n)
  s.putNumber cast[int]((bits shl 1) xor (if n < 0: high(uint64) else: 0'u64))

proc putPlace*(s: var string, n: NimNode) =
  ## Adds where a node stands.
  if n == nil:
    s.add "\0\0\0"
  else:
    s.putNumber n.nodeFile
    s.putNumber n.nodeStart
    s.putNumber n.nodeEnd

proc putNode*(s: var string, n: NimNode) =
  ## Adds a node.
  if n == nil:
    s.add "\x08\0\0\0\0"
    return
  s.putNumber(n.nodeKind shl 3 or n.nodeShape)
  s.putPlace n
  s.putNumber n.nodeType
  case n.nodeShape
  of treeName, treeText: s.putString n.nodeText
  of treeInt:
    s.putSigned n.nodeInt
    s.putNumber n.nodeBase
  of treeFloat: s.putSigned cast[int64](n.nodeFloat)
  of treeSymbol:
    s.putString n.nodeText
    s.putNumber n.nodeSymKind
    s.putNumber n.nodeSym
  of treeKids:
    s.putNumber n.nodeKids.len
    for i in 0 ..< n.nodeKids.len: s.putNode n.nodeKids[i]
  else: discard

proc writeTree(n: NimNode): string {.core.} =
  result.putNode n

macro varargsLen*(x: varargs[untyped]): int =
  ## How many arguments there are.
  NimNode(nodeKind: 6, nodeShape: treeInt, nodeInt: x.nodeKids.len) # an integer literal

# Commands

proc commandOutside*(command, input, file: string): tuple[output: string, exitCode: int] {.compileTime.} =
  ## What a command of the shell prints when it is run in the directory of the file, and its exit status.
  var request = "X"
  request.putString command
  request.putString input
  var last = file.len - 1
  while last > 0 and file[last] != '/': dec last
  request.putString file[0 ..< last]
  var r = askCompiler(request)
  result.output = r.treeString
  result.exitCode = r.treeNumber
  if r.treeNumber == 1: result.exitCode = -result.exitCode

template gorgeEx*(command: string, input = "", cache = ""): tuple[output: string, exitCode: int] =
  ## Runs a command while compiling, in the directory of the module: what it prints, and its exit status. It runs whenever what it
  ## is used for is compiled again; nothing is kept, also with a `cache`.
  block:
    const here = instantiationInfo(-1, fullPaths = true).filename
    commandOutside(command, input, here)

template gorge*(command: string, input = "", cache = ""): string =
  ## What a command prints that runs while compiling.
  gorgeEx(command, input, cache).output

template staticExec*(command: string, input = "", cache = ""): string =
  ## The same as `gorge`.
  gorgeEx(command, input, cache).output
